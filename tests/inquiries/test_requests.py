"""A request for quotation to one exporter: lines, bad input, the mailed link, the thread that it becomes, its end."""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from certifications.models import Scheme
from core.errors import NotFound
from core.limits import TooOften
from core.models import Job, OutboxMail
from inquiries.exceptions import (
    AmountImpossible,
    LineNotDescribed,
    NeededInThePast,
    NoLines,
    NothingToAskAbout,
    OwnCompanyAsked,
    RequestOver,
    SchemeUnknown,
    TargetWithoutCurrency,
    TooManyFiles,
    TooManyRequestLines,
    UnitMisfit,
)
from inquiries.models import Inquiry, Request
from inquiries.rules.messages import BuyerWords, Reader
from inquiries.rules.requests import LineWords, RequestWords, find_last_day
from inquiries.rules.units import convert_quantity, list_fitting_units
from inquiries.selectors.requests import get_own_request
from inquiries.selectors.titles import describe_inquiry
from inquiries.services.requests import ask_quotation, close_request, confirm_request, mail_new_request_link
from tests.inquiries.conftest import NOBODY, make_listing

pytestmark = pytest.mark.django_db

JANA = BuyerWords(email="jana@kontor.example", name="Jana Petersen", organisation="Kontor", language="en")


def make_words(*lines, **terms):
    kept = lines or (LineWords("Washed Arabica", Decimal(600), "kg"), LineWords("Cocoa beans", Decimal(2), "t"))
    return RequestWords(
        **{"title": "Coffee for spring", "destination": "DE", "place": "Hamburg", "lines": kept, **terms}
    )


@pytest.fixture
def request_it(company):
    """Request of Adanu as somebody: `request_it(user, words)`; the answer of the service."""

    def do(user=None, words=None, *, key="", about=company, **how):
        reader = Reader(user) if user else NOBODY
        return ask_quotation(
            reader=reader, company_id=about.pk if about else None, words=words or make_words(), buyer=JANA, key=key or str(uuid4()), **how
        )  # fmt: skip

    return do


def test_a_signed_in_buyers_request_becomes_a_thread_at_once(request_it, people, company):
    requested = request_it(people.buyer)
    thread = Inquiry.objects.get(request=requested.request)
    assert (requested.outcome, requested.request.state, thread.state, thread.origin) == ("sent", "open", "new", "asked")
    assert (
        thread.messages.get().text
        == "Request for quotation: Coffee for spring\n1. 600 kg: Washed Arabica\n2. 2 tonnes: Cocoa beans"
    )
    assert thread.answer_due_at is not None
    assert OutboxMail.objects.filter(recipient=people.owner.email, subject__contains="Coffee for spring").count() == 1
    assert describe_inquiry(inquiry=thread) == "Request: Coffee for spring"


def test_a_guests_request_waits_for_the_mailed_link(request_it, people):
    requested = request_it()
    assert (requested.outcome, requested.request.state, Inquiry.objects.count()) == ("confirm", "unconfirmed", 0)
    mail = OutboxMail.objects.get(recipient="jana@kontor.example")
    assert re.search(r"/requests/open/\S+", mail.text)
    assert not OutboxMail.objects.filter(recipient=people.owner.email).exists()


def test_confirming_twice_makes_one_thread(request_it):
    request = request_it().request
    confirm_request(request_id=request.pk)
    confirm_request(request_id=request.pk)
    assert Inquiry.objects.filter(request=request).count() == 1


def test_the_same_form_twice_is_one_request(request_it, people):
    first, second = (request_it(people.buyer, key="one-form") for _turn in range(2))
    assert first.request.pk == second.request.pk
    assert Inquiry.objects.count() == 1


def test_a_strangers_form_with_the_same_key_stays_his_own(request_it, people):
    mine = request_it(people.buyer, key="one-form").request
    theirs = ask_quotation(
        reader=NOBODY, company_id=mine.company_id, words=make_words(), key="one-form", buyer=BuyerWords(email=people.buyer.email, name="Eve")
    )  # fmt: skip
    assert (theirs.outcome, theirs.request.state) == ("confirm", "unconfirmed")
    assert theirs.request.pk != mine.pk


@pytest.mark.parametrize(
    ("lines", "terms", "refusal", "sentence"),
    [
        ((), {"lines": ()}, NoLines, "Say what you need: fill in at least one line."),
        ([LineWords("Tea", Decimal(1), "kg")] * 13, {}, TooManyRequestLines, "A request carries at most 12 lines. Send the others in a second one."),
        ([LineWords("  ", Decimal(1), "kg")], {}, LineNotDescribed, "Line 1 does not say what you need. Name the product."),
        ([LineWords("Tea", Decimal(0), "kg")], {}, AmountImpossible, "The quantity or price of line 1 cannot be meant. Check it."),
        ([LineWords("Tea", Decimal(10) ** 9, "kg")], {}, AmountImpossible, "The quantity or price of line 1 cannot be meant. Check it."),
        ([LineWords("Tea", Decimal("NaN"), "kg")], {}, AmountImpossible, "The quantity or price of line 1 cannot be meant. Check it."),
        ([LineWords("Tea", Decimal(1), "kg", target_price=Decimal(-4))], {"currency": "EUR"}, AmountImpossible, "The quantity or price of line 1 cannot be meant. Check it."),
        ([LineWords("Tea", Decimal(1), "piece", listing_unit="kg")], {}, UnitMisfit, "The product of line 1 is not sold by this unit. Choose one of: kg, g, t."),
        ([LineWords("Tea", Decimal(1), "kg", target_price=Decimal(4))], {"currency": "XYZ"}, TargetWithoutCurrency, "Choose the currency of your target prices."),
        ((), {"needed_by": timezone.localdate()}, NeededInThePast, "Choose a day after today, and within three years."),
        ((), {"needed_by": timezone.localdate() - timedelta(days=1)}, NeededInThePast, "Choose a day after today, and within three years."),
        ((), {"scheme_ids": [987654]}, SchemeUnknown, "One of the certificates is no longer in the list. Choose again."),
    ],
)  # fmt: skip
def test_what_nobody_can_answer_is_refused(request_it, people, lines, terms, refusal, sentence):
    with pytest.raises(refusal, match=re.escape(sentence)):
        request_it(people.buyer, make_words(*lines, **terms))
    assert not Request.objects.exists()


def test_a_member_does_not_request_of_their_own_company(request_it, people):
    with pytest.raises(OwnCompanyAsked):
        request_it(people.viewer)


def test_another_exporters_product_cannot_be_named(request_it, people, other_company):
    foreign = make_listing(other_company)
    with pytest.raises(NothingToAskAbout):
        request_it(
            people.buyer, make_words(LineWords("Arabica", Decimal(1), "kg", listing_id=foreign.pk, listing_unit="kg"))
        )
    assert not Request.objects.exists()


def test_nothing_is_requested_of_a_suspended_exporter(request_it, people, company):
    request = request_it().request
    company.state = "suspended"
    company.save()
    with pytest.raises(NothingToAskAbout):
        request_it(people.buyer)
    with pytest.raises(NothingToAskAbout):
        confirm_request(request_id=request.pk)
    assert not Inquiry.objects.exists()


def test_a_line_about_a_product_takes_its_hs_code(request_it, people, listing):
    listing.live_revision.hs_code = "090111"
    listing.live_revision.save()
    line = LineWords("Washed Arabica", Decimal(600), "kg", listing_id=listing.pk, listing_unit="kg")
    request = request_it(people.buyer, make_words(line)).request
    assert request.lines.get().hs_code == "090111"
    assert Inquiry.objects.get(request=request).listing == listing


def test_the_certificates_that_are_demanded_are_kept(request_it, people):
    scheme = Scheme.objects.active().first() or Scheme.objects.create(
        code="x", name="X", owner="X", kind="product", paper="certificate"
    )
    request = request_it(people.buyer, make_words(scheme_ids=[scheme.pk])).request
    assert list(request.schemes.all()) == [scheme]


def test_six_files_are_too_many(request_it, people, small_file):
    with pytest.raises(TooManyFiles):
        request_it(people.buyer, files=[small_file() for _number in range(6)])
    assert not Request.objects.exists()


def test_links_are_mailed_a_few_times_an_hour(request_it):
    request = request_it().request
    for _turn in range(4):
        mail_new_request_link(request_id=request.pk)
    with pytest.raises(TooOften):
        mail_new_request_link(request_id=request.pk)


def test_a_stranger_reads_and_closes_nothing(request_it, people):
    request = request_it(people.buyer).request
    for reader in (Reader(people.other_buyer), Reader(people.owner), Reader(people.officer), NOBODY):
        with pytest.raises(NotFound):
            get_own_request(reader=reader, request_id=request.pk)
    with pytest.raises(NotFound):
        close_request(reader=Reader(people.other_buyer), request_id=request.pk)
    request.refresh_from_db()
    assert request.state == "open"


def test_the_link_opens_the_threads_of_its_request_and_no_other(request_it, guest_thread):
    request = confirm_request(request_id=request_it().request.pk)
    reader = Reader(AnonymousUser(), frozenset({str(request.pk)}))
    assert [one.request_id for one in Inquiry.objects.visible_to(reader)] == [request.pk]


def test_closing_twice_is_closing_once(request_it, people):
    request = request_it(people.buyer).request
    for _turn in range(2):
        assert close_request(reader=Reader(people.buyer), request_id=request.pk).state == "closed"
    assert not Job.objects.filter(name="inquiries.expire_request", state="waiting").exists()


def test_what_is_not_sent_cannot_be_closed(request_it):
    request = request_it().request
    with pytest.raises(RequestOver):
        close_request(reader=Reader(AnonymousUser(), frozenset({str(request.pk)})), request_id=request.pk)


def test_a_request_ends_by_itself_and_its_buyer_is_told(request_it, people, run_jobs_of):
    request = request_it(people.buyer).request
    run_jobs_of("inquiries.expire_request")
    request.refresh_from_db()
    assert request.state == "open"  # its last day is not over
    Request.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    Job.objects.filter(name="inquiries.expire_request").update(state="waiting")
    run_jobs_of("inquiries.expire_request")
    request.refresh_from_db()
    assert request.state == "expired"
    assert OutboxMail.objects.filter(
        recipient=people.buyer.email, subject="Your request has ended: Coffee for spring"
    ).exists()


def test_what_nobody_confirms_is_forgotten(request_it, run_jobs_of):
    request_it()
    run_jobs_of("inquiries.forget_unconfirmed_request")
    assert not Request.objects.exists()


def test_the_last_day_is_thirty_days_away_or_when_it_is_needed():
    today = timezone.localdate()
    assert find_last_day(today=today, needed_by=None) == today + timedelta(days=30)
    assert find_last_day(today=today, needed_by=today + timedelta(days=9)) == today + timedelta(days=9)


def test_units_of_one_kind_convert_exactly():
    assert convert_quantity(Decimal("1.5"), "t", "kg") == Decimal(1500)
    assert convert_quantity(Decimal(30), "piece", "dozen") == Decimal("2.5")
    assert convert_quantity(Decimal(1), "l", "kg") is None
    assert list_fitting_units("pair") == ["pair"]
