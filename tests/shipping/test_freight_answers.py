"""Behind the mailed link: the form without an account, one answer, and what came of it."""

import logging
import threading
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, NotFound
from core.models import AuditEntry, Job, OutboxMail
from notifications.models import Notice
from shipping.exceptions import ForwarderHasAnswered, OfferDayImpossible, OfferImpossible
from shipping.models import Attempt, ForwarderRequest, Lookup, Offer
from shipping.rules.forwarding import ForwarderOffer
from shipping.selectors.forwarding import SALT
from shipping.services.forwarding import EXPIRE_JOB, answer_with_offer, answer_with_refusal
from tests.listings.factories import make_officer
from tests.shipping.forwarding import ask, make_buyer, make_forwarder, pass_days, run_due, token_of, type_offer
from tests.shipping.lookups import make_lookup

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """A request of a buyer to a forwarder."""
    (request,) = ask(make_buyer(), make_lookup(), make_forwarder())
    return request


@pytest.fixture
def url(asked):
    return reverse("shipping:freight", args=[token_of(asked)])


@pytest.fixture
def written_log():
    """What stands in the log as it is written, formatter and all."""
    (console,) = [one for one in logging.getLogger().handlers if one.get_name() == "console"]
    before, text = console.stream, StringIO()
    console.setStream(text)
    yield text
    console.setStream(before)


def price(**changed):
    values = {"amount": Decimal("1180.50"), "currency": "EUR", "mode": "lcl", "valid_until": timezone.localdate()}
    return ForwarderOffer(**(values | changed))


def test_the_form_needs_no_account_sets_no_cookie_and_is_not_indexed(client, url):
    page = client.get(url)
    assert (page.status_code, dict(page.cookies)) == (200, {})
    assert '<meta name="robots" content="noindex">' in page.text
    assert "csrfmiddlewaretoken" not in page.text
    assert ("20 × Carton" in page.text, "20457, Hamburg, Germany" in page.text) == (True, True)
    assert [word for word in ("Lena", "hanse", "Hafenlager", "3360") if word in page.text] == []
    assert ForwarderRequest.objects.get().state == "asked"


def test_a_price_becomes_a_firm_offer_of_the_lookup(client, asked, url):
    answer = client.post(url, type_offer())
    assert (answer.status_code, answer.url, dict(answer.cookies)) == (302, url, {})
    offer = Offer.objects.select_related("attempt").get()
    assert (offer.amount, offer.currency, offer.mode, offer.transit_days) == (Decimal("1180.50"), "EUR", "lcl", 24)
    assert (offer.standing, offer.valid_until) == ("firm", timezone.localdate() + timedelta(days=20))
    assert offer.lines == [{"code": "freight", "amount": "1180.50"}]
    assert (offer.covers, offer.notes) == (["pickup", "destination_terminal"], ["Sailing every Friday."])
    attempt = offer.attempt
    assert (attempt.lookup, attempt.kind, attempt.state, attempt.label) == (
        asked.lookup,
        "forwarder",
        "ok",
        "Volta Freight",
    )
    assert (attempt.started_at, attempt.ended_at) == (asked.asked_at, attempt.answered_at)
    asked.refresh_from_db()
    assert (asked.state, asked.attempt, asked.answered_at) == ("answered", attempt, attempt.answered_at)
    assert AuditEntry.objects.filter(action="shipping.forwarder_answered").count() == 1


def test_a_settled_lookup_stays_as_it_was(client, asked, url):
    before = Lookup.objects.values("state", "settled_at", "fresh_until").get()
    client.post(url, type_offer())
    assert Lookup.objects.values("state", "settled_at", "fresh_until").get() == before


def test_who_asked_is_told_by_notice_and_mail_with_the_lookup(client, asked, url):
    client.post(url, type_offer())
    notice = Notice.objects.get()
    assert (notice.person, notice.kind, notice.url) == (
        asked.asked_by,
        "forwarder_answer",
        f"/lookups/{asked.lookup_id}/",
    )
    mail = OutboxMail.objects.get(recipient="lena@hanse.example")
    assert mail.subject == "Volta Freight gives a price: Ho, Ghana to Hamburg, Germany"
    assert "Price: €1,180.50" in mail.text
    assert "Within the price: main carriage, pickup at the exporter, terminal at destination" in mail.text
    assert f"/lookups/{asked.lookup_id}/" in mail.text
    assert "Sailing every Friday." in mail.html


def test_a_refusal_is_written_down_with_its_reason(client, asked, url):
    answer = client.post(url, {"act": "refuse", "reason": "We do not go to Hamburg."}, follow=True)
    assert ("You cannot carry this" in answer.text, "We do not go to Hamburg." in answer.text) == (True, True)
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.detail, attempt.offers.count()) == ("none", "We do not go to Hamburg.", 0)
    asked.refresh_from_db()
    assert (asked.state, asked.note) == ("declined", "We do not go to Hamburg.")
    assert Notice.objects.get().title == "Volta Freight cannot carry it: Ho, Ghana to Hamburg, Germany"


def test_an_answered_link_shows_what_was_said(client, url):
    client.post(url, type_offer())
    page = client.get(url)
    assert page.status_code == 200
    assert ("Your firm price" in page.text, "€1,180.50" in page.text, "Send the price" in page.text) == (
        True,
        True,
        False,
    )


def test_a_double_click_answers_once(client, url):
    answers = [client.post(url, type_offer()) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "An answer is given once, so nothing was changed." in answers[1].text
    assert (Offer.objects.count(), Notice.objects.count()) == (1, 1)


def test_two_tabs_cannot_say_two_things(client, asked, url):
    client.post(url, type_offer())
    late = client.post(url, {"act": "refuse", "reason": "No ship after all."})
    assert (late.status_code, "€1,180.50" in late.text) == (409, True)
    asked.refresh_from_db()
    assert (asked.state, Attempt.objects.count()) == ("answered", 1)


def test_bad_input_keeps_what_was_typed_and_writes_nothing(client, url):
    typed = type_offer(amount="a lot", currency="XXX", mode="", transit_days="soon", valid_until="tomorrow")
    page = client.post(url, typed)
    assert page.status_code == 422
    for words in (
        "“a lot” is no number", "Choose how the goods go.", "Write a whole number of days.", "Write the day as 2027-01-31.", 'value="a lot"',
        'value="soon"', 'value="tomorrow"', "Sailing every Friday.", 'value="pickup" id="id_legs_0" checked',
    ):  # fmt: skip
        assert words in page.text.replace("&quot;", '"')
    assert (Attempt.objects.count(), ForwarderRequest.objects.get().state) == (0, "asked")
    assert dict(page.cookies) == {}


@pytest.mark.parametrize("days", [-1, 367])
def test_a_price_holds_from_today_to_a_year(client, url, days):
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    page = client.post(url, type_offer(valid_until=day))
    assert (page.status_code, "Choose a day from" in page.text, f'value="{day}"' in page.text) == (422, True, True)
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        type_offer(note="Pay to IBAN DE89 3704 0044 0532 0130 00."),
        type_offer(note="Our bank account has changed."),
        {"act": "refuse", "reason": "Pay first: account number 0123456789."},
    ],
    ids=["iban", "change", "refusal"],
)
def test_words_that_speak_of_a_bank_account_are_refused(client, url, typed):
    page = client.post(url, typed)
    assert (page.status_code, "These words speak of a bank account." in page.text) == (422, True)
    assert (Attempt.objects.count(), ForwarderRequest.objects.get().note) == (0, "")


def test_a_refusal_needs_a_reason(client, url):
    page = client.post(url, {"act": "refuse", "reason": "  "})
    assert (page.status_code, "Say in a few words why you cannot carry it." in page.text) == (422, True)
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    "changed", [{"amount": Decimal(0)}, {"currency": "XYZ"}, {"mode": "camel"}], ids=["amount", "currency", "mode"]
)
def test_an_impossible_price_is_no_offer(asked, changed):
    with pytest.raises(OfferImpossible):
        answer_with_offer(token=token_of(asked), offer=price(**changed))
    assert not Attempt.objects.exists()


def test_a_price_that_is_over_is_no_offer(asked):
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(OfferDayImpossible):
        answer_with_offer(token=token_of(asked), offer=price(valid_until=yesterday))
    assert not Attempt.objects.exists()


def test_after_seven_days_the_link_says_that_the_request_is_closed(client, asked, url):
    pass_days(asked, 7)
    page = client.get(url)
    assert (page.status_code, "The days for an answer are over" in page.text) == (410, True)
    late = client.post(url, type_offer())
    assert (late.status_code, Attempt.objects.count()) == (410, 0)
    Job.objects.filter(name=EXPIRE_JOB).update(due_at=timezone.now())
    run_due(EXPIRE_JOB)
    assert client.get(url).status_code == 410


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "1" + token,
        lambda token: token.split(":")[0],
        lambda token: signing.Signer(salt="another").sign(token.split(":")[0]),
        lambda token: "made-up",
    ],
    ids=["signature", "number", "unsigned", "salt", "made-up"],
)
def test_a_forged_link_is_not_there(client, asked, forge):
    forged = reverse("shipping:freight", args=[forge(token_of(asked))])
    assert client.get(forged).status_code == 404
    assert client.post(forged, type_offer()).status_code == 404
    assert not Attempt.objects.exists()


def test_a_link_with_the_key_of_before_is_not_there(asked):
    old = token_of(asked)
    ForwarderRequest.objects.update(key="another-key")
    with pytest.raises(NotFound):
        answer_with_refusal(token=old, reason="No.")


def test_a_signature_over_another_forwarders_key_opens_nothing(asked):
    (other,) = ask(make_officer(), asked.lookup, make_forwarder("Tema Lines"))
    with pytest.raises(NotFound):
        answer_with_refusal(token=signing.Signer(salt=SALT).sign(f"{other.pk}.{asked.key}"), reason="No.")


def test_another_forwarders_link_answers_for_that_forwarder_alone(client, asked):
    (other,) = ask(make_officer(), asked.lookup, make_forwarder("Tema Lines"))
    client.post(reverse("shipping:freight", args=[token_of(other)]), type_offer())
    assert list(Attempt.objects.values_list("label", flat=True)) == ["Tema Lines"]
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_who_is_signed_in_sends_a_token_as_everywhere(url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_officer())
    assert "csrfmiddlewaretoken" in client.get(url).text
    assert client.post(url, type_offer()).status_code == 403
    assert Client(enforce_csrf_checks=True).post(url, type_offer()).status_code == 302


def test_an_answer_whose_asker_is_gone_is_written_all_the_same(client, asked, url):
    ForwarderRequest.objects.update(asked_by=None)
    client.post(url, type_offer())
    assert (Offer.objects.count(), Notice.objects.count()) == (1, 0)


def test_the_keys_of_links_stand_in_no_log(client, asked, url, written_log):
    client.get(url)
    client.post(url, type_offer())
    client.get(f"{url[:-3]}zz/")
    logged = written_log.getvalue()
    assert (logged.count("/freight/[hidden]/"), asked.key in logged) == (7, False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.once
def test_of_two_answers_in_one_instant_one_counts(asked, planted_rows):
    token, gate, told = token_of(asked), threading.Barrier(2), []

    def run(act):
        gate.wait(timeout=30)
        try:
            act()
        except DomainError as refused:
            told.append(type(refused))
        finally:
            connection.close()

    acts = [
        lambda: answer_with_offer(token=token, offer=price()),
        lambda: answer_with_refusal(token=token, reason="No."),
    ]
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    [thread.start() for thread in threads]
    [thread.join(timeout=60) for thread in threads]
    assert told == [ForwarderHasAnswered]
    assert (Attempt.objects.count(), Notice.objects.count()) == (1, 1)
