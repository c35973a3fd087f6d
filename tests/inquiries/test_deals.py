"""Deals: opened by acceptance, moved by both sides, confirmed by the buyer's mailed link, documented by an officer."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from core.errors import NotAllowed, NotFound
from core.models import AuditEntry, OutboxMail
from inquiries.exceptions import (
    DayImpossible,
    DealCalledOff,
    DealLinkOver,
    DealStepDone,
    NameMissing,
    PaperNoteMissing,
    ReasonMissing,
    ValueImpossible,
)
from inquiries.models import Deal, Inquiry
from inquiries.rules.messages import Reader
from inquiries.selectors.deals import build_deal_link, get_linked_deal, list_thread_steps
from inquiries.services.deals import (
    ASK_JOB,
    Confirmation,
    call_off_deal,
    confirm_by_link,
    confirm_deal,
    note_paper,
    say_received,
    say_shipped,
)
from tests.inquiries.quoting import accept, quote

pytestmark = pytest.mark.django_db
SAID = Confirmation(Decimal(3700), "yes", "The cupping course brought us together.", "Lena")


@pytest.fixture
def deal(thread, people):
    quotation = quote(thread, people.owner)
    accept(quotation, people.buyer)
    return Deal.objects.get(quotation=quotation)


@pytest.fixture
def guest_deal(guest_thread, guest, people):
    quotation = quote(guest_thread, people.owner)
    accept(quotation, guest)
    return Deal.objects.select_related("quotation__inquiry").get(quotation=quotation)


def token_of(deal, *, was_mailed=True):
    deal = Deal.objects.select_related("quotation__inquiry").get(pk=deal.pk)
    return build_deal_link(deal=deal, was_mailed=was_mailed).rstrip("/").rpartition("/")[2]


def ship(deal, who, on=None):
    return say_shipped(reader=Reader(who), quotation_id=deal.quotation_id, on=on or timezone.localdate())


def test_acceptance_opens_a_deal_of_the_agreed_value(deal):
    assert (deal.stage, deal.level, deal.agreed_value, deal.currency, deal.origin) == (
        "agreed", "declared", Decimal("3794.6000"), "USD", "asked",
    )  # fmt: skip


def test_from_shipped_to_confirmed(deal, people, thread):
    ship(deal, people.owner)
    say_received(reader=Reader(people.buyer), quotation_id=deal.quotation_id, on=timezone.localdate())
    done = confirm_deal(reader=Reader(people.buyer), quotation_id=deal.quotation_id, said=SAID)
    assert (done.stage, done.level, done.value.amount, done.help_mattered) == (
        "confirmed",
        "confirmed",
        Decimal("3700.00"),
        "yes",
    )
    events = list(thread.messages.filter(event="deal").values_list("values__step", flat=True))
    assert events == ["shipped", "received", "confirmed"]
    assert AuditEntry.objects.filter(action="inquiries.deal_confirmed").count() == 1
    assert [step.state for step in list_thread_steps(inquiry=thread)] == ["done"] * 5


def test_the_agreed_value_stays_beside_what_was_paid(deal, people):
    confirm_deal(reader=Reader(people.buyer), quotation_id=deal.quotation_id, said=SAID)
    deal.refresh_from_db()
    assert (deal.agreed_value, deal.paid_value) == (Decimal("3794.6000"), Decimal("3700.0000"))


def test_each_side_says_its_own_steps(deal, people):
    with pytest.raises(NotAllowed):
        ship(deal, people.buyer)
    with pytest.raises(NotAllowed):
        say_received(reader=Reader(people.owner), quotation_id=deal.quotation_id, on=timezone.localdate())
    with pytest.raises(NotAllowed):
        confirm_deal(reader=Reader(people.owner), quotation_id=deal.quotation_id, said=SAID)
    with pytest.raises(NotAllowed):
        ship(deal, people.viewer)
    deal.refresh_from_db()
    assert deal.stage == "agreed"


def test_strangers_do_not_know_of_it(deal, people, other_company):
    for who in (people.stranger, people.other_buyer):
        with pytest.raises(NotFound):
            ship(deal, who)


@pytest.mark.parametrize("days", [-400, 1])
def test_a_day_lies_between_the_agreement_and_today(days, deal, people):
    with pytest.raises(DayImpossible):
        ship(deal, people.owner, timezone.localdate() + timedelta(days=days))


def test_a_step_is_said_once(deal, people):
    ship(deal, people.owner)
    with pytest.raises(DealStepDone, match="at “Shipped”"):
        ship(deal, people.editor)


@pytest.mark.parametrize("value", ["0", "-1", "100000000000"])
def test_a_value_can_be_meant(value, deal, people):
    said = Confirmation(Decimal(value), "no")
    with pytest.raises(ValueImpossible):
        confirm_deal(reader=Reader(people.buyer), quotation_id=deal.quotation_id, said=said)


def test_the_buyer_is_asked_by_mail_three_times_at_most(guest_deal, people, run_jobs_of):
    ship(guest_deal, people.owner)
    for _ in range(5):
        run_jobs_of(ASK_JOB)
    mails = OutboxMail.objects.filter(subject__startswith="Did the goods")
    assert [mails.count(), mails.first().recipient] == [3, guest_deal.quotation.inquiry.buyer_email]
    assert "/d/" in mails.first().text


def test_who_has_confirmed_is_not_asked_again(guest_deal, people, run_jobs_of):
    ship(guest_deal, people.owner)
    confirm_by_link(token=token_of(guest_deal), said=SAID)
    run_jobs_of(ASK_JOB)
    assert not OutboxMail.objects.filter(subject__startswith="Did the goods").exists()


def test_the_mailed_link_confirms_without_an_account_and_twice_is_once(guest_deal):
    first = confirm_by_link(token=token_of(guest_deal), said=SAID)
    again = confirm_by_link(token=token_of(guest_deal), said=Confirmation(Decimal(1), "no", "", "Somebody"))
    assert (first.level, again.paid_value, again.confirmed_by) == ("confirmed", Decimal("3700.0000"), "Lena")


def test_a_link_that_the_exporter_handed_on_leaves_the_value_declared(guest_deal):
    done = confirm_by_link(token=token_of(guest_deal, was_mailed=False), said=SAID)
    assert (done.stage, done.level) == ("confirmed", "declared")


def test_by_the_link_a_name_is_typed(guest_deal):
    with pytest.raises(NameMissing):
        confirm_by_link(token=token_of(guest_deal), said=Confirmation(Decimal(5), "no"))


def test_a_link_ends_after_sixty_days_and_a_forged_one_is_not_there(guest_deal, monkeypatch):
    token = token_of(guest_deal)
    with pytest.raises(NotFound):
        get_linked_deal(token=token[:-2] + "xx")
    later = timezone.now() + timedelta(days=61)
    monkeypatch.setattr("time.time", later.timestamp)
    with pytest.raises(DealLinkOver):
        get_linked_deal(token=token)


def test_a_deal_that_fell_through_says_why_and_no_longer_counts(deal, people):
    with pytest.raises(ReasonMissing):
        call_off_deal(reader=Reader(people.buyer), quotation_id=deal.quotation_id, reason=" ")
    call_off_deal(reader=Reader(people.buyer), quotation_id=deal.quotation_id, reason="No licence.")
    assert not Deal.objects.counted().exists()
    with pytest.raises(DealCalledOff):
        ship(deal, people.owner)


def test_a_paper_makes_the_value_documented(deal, people):
    with pytest.raises(PaperNoteMissing):
        note_paper(officer=people.officer, quotation_id=deal.quotation_id, note=" ")
    note_paper(officer=people.officer, quotation_id=deal.quotation_id, note="Invoice 117")
    confirm_deal(reader=Reader(people.buyer), quotation_id=deal.quotation_id, said=SAID)
    deal.refresh_from_db()
    assert (deal.level, deal.paper_note) == ("documented", "Invoice 117")
    with pytest.raises(NotFound):
        note_paper(officer=people.owner, quotation_id=deal.quotation_id, note="Mine")


# --- pages ---


def test_opening_the_mailed_link_confirms_nothing(client, guest_deal):
    url = f"/d/{token_of(guest_deal)}/"
    assert "Confirm the deal" in client.get(url).text
    guest_deal.refresh_from_db()
    assert guest_deal.stage == "agreed"
    bad = client.post(url, {"value": "", "name": "Jana"})
    assert bad.status_code == 422
    done = client.post(url, {"value": "3700", "help_mattered": "yes", "name": "Jana"}, follow=True)
    assert "Thank you" in done.text
    guest_deal.refresh_from_db()
    assert guest_deal.level == "confirmed"


def test_what_has_not_arrived_is_told_once_a_day_and_changes_nothing(client, guest_deal, people):
    ship(guest_deal, people.owner)
    url = f"/d/{token_of(guest_deal)}/missing/"
    nameless = client.post(url, {"words": "Where is it?", "name": ""})
    assert (nameless.status_code, "Where is it?" in nameless.text, "Say who you are." in nameless.text) == (
        422,
        True,
        True,
    )
    pages = [client.post(url, {"words": "Where is it?", "name": "Jana"}, follow=True).text for _ in range(2)]
    assert all("The exporter is told" in page for page in pages)
    events = guest_deal.quotation.inquiry.messages.filter(event="deal", values__step="missing")
    mails = [mail for mail in OutboxMail.objects.all() if "have not arrived" in mail.text]
    assert (events.count(), all("Where is it?" in mail.text for mail in mails)) == (1, True)
    assert sorted(mail.recipient for mail in mails) == [people.editor.email, people.owner.email]
    guest_deal.refresh_from_db()
    assert (guest_deal.stage, guest_deal.level) == ("shipped", "declared")


def test_what_has_arrived_is_not_missing_and_members_say_nothing_for_buyers(client, guest_deal, people):
    url = f"/d/{token_of(guest_deal)}/missing/"
    client.force_login(people.owner)
    assert client.post(url, {"name": "Jana"}).status_code == 403
    client.logout()
    client.post(f"/d/{token_of(guest_deal)}/", {"value": "3700", "help_mattered": "yes", "name": "Jana"})
    assert client.post(url, {"name": "Jana"}).status_code == 409
    assert not guest_deal.quotation.inquiry.messages.filter(values__step="missing").exists()


def test_both_sides_have_a_page_with_their_next_step(client, deal, people, thread):
    url = f"/inquiries/{thread.pk}/quotations/{deal.quotation_id}/deal/"
    client.force_login(people.owner)
    assert "The goods are on their way" in client.get(url).text
    client.post(f"{url}shipped/", {"on": str(timezone.localdate())})
    client.force_login(people.buyer)
    page = client.get(url).text
    assert ("The goods have arrived" in page, "Confirm the deal" in page, "$3,794.60" in page) == (True, True, True)
    assert "4. Shipped" not in page
    assert client.post(f"{url}shipped/", {"on": str(timezone.localdate())}).status_code == 403


def test_a_bad_day_is_told_on_the_page(client, deal, people, thread):
    client.force_login(people.owner)
    url = f"/inquiries/{thread.pk}/quotations/{deal.quotation_id}/deal/shipped/"
    answer = client.post(url, {"on": str(timezone.localdate() + timedelta(days=3))})
    assert (answer.status_code, "Choose a day from" in answer.text) == (422, True)


def test_officers_see_value_and_stage_and_never_the_buyer(client, deal, people):
    client.force_login(people.officer)
    page = client.get("/admin/deals/").text
    assert ("$3,794.60" in page, "Adanu Growers Union" in page, "Jana" in page, "Kontor" in page) == (
        True,
        True,
        False,
        False,
    )
    client.post("/admin/deals/", {"deal": str(deal.quotation_id), "note": "Invoice 117 of 3 Nov"})
    assert "Invoice 117 of 3 Nov" in client.get("/admin/deals/").text
    assert Inquiry.objects.get(pk=deal.quotation.inquiry_id).accesses.count() == 0
