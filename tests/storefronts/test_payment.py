"""Where buyers pay: owners with a second factor ask, 72 hours and an officer's call stand before its use, buyers are warned meanwhile."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.rules import SecondFactorProof
from core import audit
from core.errors import NotAllowed, NotFound
from core.jobs import run_job
from core.models import AuditEntry, AuditValue, Job, OutboxMail
from core.secrets import decrypt, encrypt
from storefronts.exceptions import (
    AccountNumberWrong,
    BicWrong,
    CallNoteMissing,
    CompanyNotVerified,
    IbanWrong,
    NumberMissing,
    OwnPaymentChange,
    PaymentChangeEnded,
    PaymentChangeRuns,
    PaymentFactMissing,
    PaymentReasonMissing,
    SecondFactorNeeded,
    SecondFactorTooNew,
)
from storefronts.models import Company, Member, PaymentDetails
from storefronts.rules import PaymentFacts
from storefronts.selectors.payment import find_bank_notice, look_at_field_keys, read_payment_details
from storefronts.services.payment import (
    USE_JOB,
    ask_payment_change,
    cancel_payment_change,
    note_call,
    refuse_payment_change,
    seal_anew,
)
from tests.storefronts.conftest import make_company
from tests.storefronts.proving import prove

pytestmark = pytest.mark.django_db
FACTS = PaymentFacts("Adanu Growers Union", "GCB Bank", "1234 5678 9012", "GHCBGHAC")
PAGE = "/sell/adanu/payment/"


@pytest.fixture
def company(people):
    adanu = make_company(officer=people.officer)
    for role in ("owner", "editor", "viewer"):
        Member.objects.create(company=adanu, user=getattr(people, role), role=role)
    return adanu


@pytest.fixture
def ask(company, people):
    def do(who="owner", facts=FACTS, proved=timedelta(), factor_age=timedelta(days=30)):
        member = Member.objects.select_related("user", "company").get(company=company, user=getattr(people, who))
        now = timezone.now()
        proof = SecondFactorProof(now - proved, now - factor_age) if proved is not None else None
        return ask_payment_change(member=member, facts=facts, proof=proof)

    return do


def let_pass(monkeypatch, **time_passed):
    later = timezone.now() + timedelta(**time_passed)
    monkeypatch.setattr(timezone, "now", lambda: later)
    Job.objects.filter(name=USE_JOB, state="waiting", due_at__lte=later).update(due_at=later)
    for job in Job.objects.filter(name=USE_JOB, state="waiting", due_at__lte=later):
        run_job(job.pk)


def call(details, officer, note="Spoke to Esinam", number="+233 24 1"):
    return note_call(officer=officer, details_id=details.pk, number=number, note=note)


def state_of(details):
    return PaymentDetails.objects.get(pk=details.pk).state


def test_a_change_is_used_after_72_hours_and_a_call(ask, company, people, monkeypatch):
    details = ask()
    call(details, people.officer)
    assert (state_of(details), read_payment_details(company_id=company.pk)) == ("waiting", None)
    let_pass(monkeypatch, hours=73)
    assert state_of(details) == "active"
    assert read_payment_details(company_id=company.pk) == PaymentFacts(
        "Adanu Growers Union", "GCB Bank", "123456789012", "GHCBGHAC"
    )


@pytest.mark.parametrize("state", ["suspended", "draft", "rejected"])
def test_no_paper_tells_anybody_to_pay_a_firm_that_is_not_verified(state, ask, company, people, monkeypatch):
    call(ask(), people.officer)
    let_pass(monkeypatch, hours=73)
    Company.objects.filter(pk=company.pk).update(state=state)
    assert read_payment_details(company_id=company.pk) is None


def test_time_alone_uses_nothing_and_the_call_then_does(ask, people, monkeypatch):
    details = ask()
    let_pass(monkeypatch, hours=100)
    assert state_of(details) == "waiting"
    call(details, people.officer)
    assert state_of(details) == "active"


def test_the_second_account_replaces_the_first_and_buyers_are_warned(ask, company, people, monkeypatch):
    first = ask()
    call(first, people.officer)
    let_pass(monkeypatch, hours=73)
    assert find_bank_notice(company_id=company.pk, now=timezone.now()) is None
    second = ask(facts=replace(FACTS, number="99887766"))
    assert find_bank_notice(company_id=company.pk, now=timezone.now()).is_waiting is True
    call(second, people.second_officer)
    let_pass(monkeypatch, hours=73)
    assert (state_of(first), state_of(second)) == ("replaced", "active")
    assert find_bank_notice(company_id=company.pk, now=timezone.now()).is_waiting is False
    assert find_bank_notice(company_id=company.pk, now=timezone.now() + timedelta(days=15)) is None


@pytest.mark.parametrize("proved", [None, timedelta(minutes=6)])
def test_without_a_fresh_second_factor_nothing_is_asked(proved, ask):
    with pytest.raises(SecondFactorNeeded):
        ask(proved=proved)
    assert not PaymentDetails.objects.exists()


def test_a_second_factor_of_today_proves_nothing(ask):
    with pytest.raises(SecondFactorTooNew):
        ask(factor_age=timedelta(hours=23))
    assert not PaymentDetails.objects.exists()


@pytest.mark.parametrize("who", ["editor", "viewer"])
def test_only_owners_ask(who, ask):
    with pytest.raises(NotAllowed):
        ask(who)


def test_only_verified_companies_keep_an_account(ask, company):
    company.state = "draft"
    company.save()
    with pytest.raises(CompanyNotVerified):
        ask()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"holder": " "}, PaymentFactMissing), ({"bank": ""}, PaymentFactMissing), ({"number": "DE89370400440532013001"}, IbanWrong),
        ({"number": "12"}, AccountNumberWrong), ({"number": "12;DROP"}, AccountNumberWrong), ({"bic": "XX"}, BicWrong),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_account_is_told(changed, refusal, ask):
    with pytest.raises(refusal):
        ask(facts=replace(FACTS, **changed))


def test_one_change_at_a_time(ask):
    ask()
    with pytest.raises(PaymentChangeRuns):
        ask()


def test_an_owner_takes_it_back_and_no_call_brings_it_again(ask, company, people):
    details = ask()
    member = Member.objects.select_related("user", "company").get(company=company, user=people.owner)
    cancel_payment_change(member=member, details_id=details.pk)
    with pytest.raises(PaymentChangeEnded):
        call(details, people.officer)
    assert find_bank_notice(company_id=company.pk, now=timezone.now()) is None


def test_officers_call_with_a_note_and_never_for_their_own_firm(ask, company, people):
    details = ask()
    with pytest.raises(CallNoteMissing):
        call(details, people.officer, note=" ")
    with pytest.raises(NumberMissing):
        call(details, people.officer, number=" ")
    Member.objects.create(company=company, user=people.second_officer, role="viewer")
    with pytest.raises(OwnPaymentChange):
        call(details, people.second_officer)
    with pytest.raises(NotFound):
        call(details, people.stranger)


def test_a_refusal_says_why(ask, people):
    details = ask()
    with pytest.raises(PaymentReasonMissing):
        refuse_payment_change(officer=people.officer, details_id=details.pk, reason="")
    refuse_payment_change(officer=people.officer, details_id=details.pk, reason="Nobody there asked for it.")
    assert state_of(details) == "refused"
    assert "Nobody there asked for it." in OutboxMail.objects.order_by("-pk").first().text


def test_all_owners_hear_of_it_and_no_mail_row_or_audit_holds_the_number(ask, company, people):
    Member.objects.create(company=company, user=people.stranger, role="owner")
    details = ask()
    mails = list(OutboxMail.objects.all())
    assert sorted(mail.recipient for mail in mails) == sorted([people.owner.email, people.stranger.email])
    kept = [
        details.sealed,
        *(mail.text + mail.html for mail in mails),
        str(list(AuditEntry.objects.values())),
        str(list(AuditValue.objects.values())),
    ]
    assert not any("123456789012" in text or "1234 5678" in text for text in kept)
    assert "123456789012" in decrypt(details.sealed)


def test_rows_are_sealed_anew(ask):
    details = ask()
    assert seal_anew() == 1
    assert PaymentDetails.objects.get(pk=details.pk).sealed != details.sealed


# --- pages ---


TYPED = {"holder": "Adanu", "bank": "GCB", "number": "123456789012", "bic": ""}


def test_the_page_asks_for_a_second_factor_first(client, company, people):
    client.force_login(people.owner)
    assert "Set up a second factor" in client.get(PAGE).text
    Authenticator.objects.create(user=people.owner, type="totp", data={"secret": encrypt("x")})
    page = client.get(PAGE).text
    assert ("Prove it now" in page, "Ask for this account" in page) == (True, False)
    refused = client.post(PAGE, TYPED)
    assert (refused.status_code, "Prove your second factor" in refused.text, "123456789012" in refused.text) == (
        403,
        True,
        True,
    )


def test_with_the_proof_it_is_asked_for_and_shown_masked(client, company, people):
    client.force_login(people.owner)
    prove(client, people.owner)
    page = client.post(PAGE, TYPED, follow=True).text
    assert ("…9012" in page, "123456789012" in page, "A change waits" in page) == (True, False, True)
    client.post(f"{PAGE}{PaymentDetails.objects.get().pk}/take-back/")
    assert PaymentDetails.objects.get().state == "cancelled"


def test_editors_and_strangers_have_no_such_page(client, company, people):
    client.force_login(people.editor)
    assert client.get(PAGE).status_code == 403
    client.force_login(people.stranger)
    assert client.get(PAGE).status_code == 404


def test_officers_call_from_a_list_that_shows_no_number(client, ask, people):
    details = ask()
    client.force_login(people.officer)
    assert "Adanu Growers Union" in client.get("/admin/payment/").text
    page = client.get(f"/admin/payment/{details.pk}/").text
    assert "123456789012" not in page
    client.post(f"/admin/payment/{details.pk}/", {"number": "+233 24 1", "note": "Spoke to Esinam", "reason": ""})
    assert PaymentDetails.objects.get().call_note == "Spoke to Esinam"


def test_recovery_codes_prove_nothing_here(client, company, people):
    client.force_login(people.owner)
    prove(client, people.owner, kind="recovery_codes")
    assert client.post(PAGE, TYPED).status_code == 403
    assert not PaymentDetails.objects.exists()


def test_numbers_that_were_changed_shortly_before_are_not_called(client, ask, company, people):
    company.channels.create(kind="phone", value="+233 24 555")
    details = ask()
    client.force_login(people.officer)
    assert "+233 24 555" in client.get(f"/admin/payment/{details.pk}/").text
    audit.record("storefronts.contacts_changed", subject=company, actor=people.owner)
    page = client.get(f"/admin/payment/{details.pk}/").text
    assert ("+233 24 555" in page, "take one from your own records" in page) == (False, True)


def test_the_doctor_says_when_a_key_is_missing(ask, settings):
    ask()
    assert next(look_at_field_keys()).is_well
    for key in Path(settings.CREDENTIAL_KEY_DIR).glob("field-*.key"):
        key.unlink()
    assert not next(look_at_field_keys()).is_well
