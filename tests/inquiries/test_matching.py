"""Matching on a real database: who is found, who is not and why, in a fixed number of queries; the sentences of the reasons."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from certifications.models import Certificate, Scheme
from inquiries.models import ReplyRecord, Request, RequestLine, RequestScheme
from inquiries.selectors.match_words import SENTENCES, tell_left_out, tell_reasons
from inquiries.selectors.matching import find_exporters
from listings.models import CertificateCoverage, PriceBreak
from moderation.models import Case, Report
from reference.models import FxRate
from storefronts.models import Company
from tests.inquiries.conftest import make_company, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def exporter(people):
    """A public exporter with one product: `exporter("keta", lead_time_days=20)`; facts of the firm in `firm`."""

    def do(slug, firm=None, **facts):
        company = make_company(slug, people.officer, **(firm or {}))
        listing = make_listing(company)
        for name, value in {"hs_code": "090111", **facts}.items():
            setattr(listing.live_revision, name, value)
        listing.live_revision.save()
        return listing

    return do


@pytest.fixture
def sourcing(people):
    """A sourcing request that waits: `sourcing(needed_by=..., lines=[{...}])`."""

    def do(lines=({},), **terms):
        facts = {
            "title": "Coffee", "destination": "DE", "language": "de", "state": "waiting", "buyer_email": "lena@hanse.example", "buyer_name": "Lena",
            "key": "k", "asked_at": timezone.now(), "confirmed_at": timezone.now(), **terms,
        }  # fmt: skip
        request = Request.objects.create(**facts)
        for place, line in enumerate(lines, start=1):
            words = {"description": "Green coffee", "hs_code": "090111", "quantity": Decimal(600), "unit": "kg", **line}
            RequestLine.objects.create(request=request, position=place, **words)
        return request

    return do


@pytest.fixture
def organic(people):
    """A scheme, and a way to hold it: `organic.hold(listing)`."""
    scheme = Scheme.objects.create(
        code="test-organic", name="Organic", owner="EU", kind="product_certification", paper="certificate"
    )

    def hold(listing, scheme=scheme, **facts):
        today = timezone.localdate()
        certificate = Certificate.objects.create(**{
            "company": listing.company, "scheme": scheme, "state": "verified", "evidence_level": 2, "verified_by": people.officer,
            "verified_at": timezone.now(), "valid_from": today - timedelta(days=9), "valid_until": today + timedelta(days=9), **facts,
        })  # fmt: skip
        CertificateCoverage.objects.create(
            listing=listing, certificate=certificate, claimed_at=timezone.now(), result="pass"
        )
        return certificate

    scheme.hold = hold
    return scheme


def found_slugs(request, most=10):
    ids = [found.company_id for found in find_exporters(request=request, most=most).found]
    slugs = dict(Company.objects.values_list("pk", "slug"))
    return [slugs[pk] for pk in ids]


def codes_of(request):
    return [code for code, _values in find_exporters(request=request, most=10).found[0].reasons]


def test_the_nearest_product_comes_first_and_another_thing_never(exporter, sourcing):
    exporter("heading", hs_code="090112")
    exporter("same")
    exporter("cocoa", hs_code="180100")
    cocoa = exporter("honey", hs_code="040900")
    cocoa.live_revision.category = None
    cocoa.live_revision.save()
    assert found_slugs(sourcing())[:2] == ["same", "heading"]
    assert "honey" not in found_slugs(Request.objects.get())


def test_at_most_so_many_are_found(exporter, sourcing):
    for number in range(4):
        exporter(f"firm{number}")
    assert len(found_slugs(sourcing(), most=3)) == 3


def test_suspended_exporters_and_paused_products_are_not_asked(exporter, sourcing):
    exporter("gone", firm={"state": "suspended"})
    paused = exporter("paused")
    paused.state = "paused"
    paused.save()
    assert found_slugs(sourcing()) == []


@pytest.mark.parametrize("about", ["exporter", "product"])
def test_a_severe_report_that_waits_keeps_a_firm_out(exporter, sourcing, about):
    listing = exporter("doubted")
    number = listing.pk if about == "product" else listing.company_id
    now = timezone.now()
    case = Case.objects.create(
        kind="report", subject_id=f"{about}:{number}", title="x", company_name="x", opened_at=now, due_at=now
    )
    Report.objects.create(case=case, reason="fraud", language="en", digest="d")
    matching = find_exporters(request=sourcing(), most=10)
    assert (list(matching.found), matching.left_out) == ([], {"standing": 1})
    Case.objects.update(state="decided")
    assert found_slugs(Request.objects.get()) == ["doubted"]


def test_a_mild_report_keeps_nobody_out(exporter, sourcing):
    listing, now = exporter("copied"), timezone.now()
    case = Case.objects.create(
        kind="report", subject_id=f"product:{listing.pk}", title="x", company_name="x", opened_at=now, due_at=now
    )
    Report.objects.create(case=case, reason="facts", language="en", digest="d")
    assert found_slugs(sourcing()) == ["copied"]


def test_a_certificate_that_is_demanded_is_verified_valid_and_covers_the_product(exporter, sourcing, organic):
    organic.hold(exporter("holds"))
    exporter("without")
    organic.hold(exporter("ended"), valid_until=timezone.localdate() - timedelta(days=1))
    organic.hold(exporter("stated"), state="submitted", evidence_level=0)
    refused = organic.hold(exporter("other"))
    CertificateCoverage.objects.filter(certificate=refused).update(result="fail")
    request = sourcing()
    RequestScheme.objects.create(request=request, scheme=organic)
    assert found_slugs(request) == ["holds"]
    assert "certificates_held" in codes_of(request)


def test_a_certificate_of_how_a_firm_works_need_not_cover_the_product(exporter, sourcing, organic):
    system = Scheme.objects.create(
        code="test-iso", name="ISO", owner="ISO", kind="management_system", paper="certificate"
    )
    organic.hold(exporter("holds"), scheme=system)
    CertificateCoverage.objects.all().delete()
    request = sourcing()
    RequestScheme.objects.create(request=request, scheme=system)
    assert found_slugs(request) == ["holds"]


def test_filters_count_whom_they_left_out(exporter, sourcing):
    exporter("far", firm={"export_markets": ["US"]})
    exporter("small", yearly_capacity=Decimal(10))
    exporter("late", lead_time_days=90)
    matching = find_exporters(request=sourcing(needed_by=timezone.localdate() + timedelta(days=30)), most=10)
    assert (list(matching.found), matching.looked_at) == ([], 3)
    assert matching.left_out == {"market": 1, "capacity": 1, "lead_time": 1}
    assert tell_left_out(left_out=matching.left_out) == [
        "1 exporter names other markets", "1 exporter cannot make the quantity", "1 exporter needs more time",
    ]  # fmt: skip


def test_old_stock_is_no_stock(exporter, sourcing):
    today = timezone.localdate()
    exporter("fresh", stock=Decimal(900), stock_on=today, yearly_capacity=Decimal(5))
    exporter("old", stock=Decimal(900), stock_on=today - timedelta(days=91), yearly_capacity=Decimal(5))
    assert found_slugs(sourcing()) == ["fresh"]


def test_the_target_price_is_compared_in_its_currency_and_unit(exporter, sourcing):
    FxRate.objects.create(day=timezone.localdate(), base="EUR", quote="USD", units=Decimal("1.25"), source="ECB")
    cheap = exporter("cheap", currency="USD")
    dear = exporter("dear", currency="EUR")
    PriceBreak.objects.create(revision=cheap.live_revision, minimum_quantity=1, unit_price=Decimal(9))
    PriceBreak.objects.create(revision=cheap.live_revision, minimum_quantity=500, unit_price=Decimal(5))
    PriceBreak.objects.create(revision=dear.live_revision, minimum_quantity=1, unit_price=Decimal(9))
    request = sourcing(
        lines=[{"quantity": Decimal("0.6"), "unit": "t", "target_price": Decimal(4000), "currency": "EUR"}]
    )
    assert found_slugs(request) == ["cheap", "dear"]
    assert "price_met" in codes_of(request)


def test_a_price_on_request_is_never_told_by_the_points(exporter, sourcing):
    hidden = exporter("hidden", currency="EUR", price_visibility="on_request")
    PriceBreak.objects.create(revision=hidden.live_revision, minimum_quantity=1, unit_price=Decimal(1))
    request = sourcing(lines=[{"target_price": Decimal(4), "currency": "EUR"}])
    assert "price_unknown" in codes_of(request)


def test_languages_replies_markets_and_further_certificates_lift_a_firm(exporter, sourcing, organic):
    exporter("plain")
    better = exporter("better", firm={"languages": ["de"], "export_markets": ["DE"]})
    ReplyRecord.objects.create(company=better.company, answers=9, median_minutes=300)
    organic.hold(better)
    request = sourcing()
    assert found_slugs(request) == ["better", "plain"]
    best = find_exporters(request=request, most=1).found[0]
    assert best.score == round(35 + 10 + 15 + 10 + 2.5)
    assert [told.text for told in tell_reasons(reasons=best.reasons)] == [
        "Line 1: the same HS code, 0901.11", "Whether they can make the quantity is not stated", "How soon they can ship is not stated",
        "Usually answers within 5 hours", "Answers in Deutsch", "Exports to Germany already", "1 further verified certificate",
    ]  # fmt: skip


def test_reasons_are_read_in_the_readers_language(exporter, sourcing):
    exporter("same")
    reasons = find_exporters(request=sourcing(), most=1).found[0].reasons
    with translation.override("fr"):
        assert len(tell_reasons(reasons=reasons)) == len(reasons)


def test_a_reason_of_a_newer_version_is_left_out():
    assert tell_reasons(reasons=[["from_the_future", {"points": 1, "most": 2}]]) == []
    assert "hs_same" in SENTENCES


def test_a_line_in_words_finds_its_code_and_says_so(exporter, sourcing):
    exporter("same")
    matching = find_exporters(
        request=sourcing(lines=[{"hs_code": "", "description": "coffee", "unit": "kg"}], language="en"), most=10
    )
    assert matching.guessed[1].startswith("0901")
    assert len(matching.found) == 1


def test_a_line_that_nobody_understands_is_named(exporter, sourcing):
    exporter("same")
    matching = find_exporters(request=sourcing(lines=[{}, {"hs_code": "", "description": "qzxw"}]), most=10)
    assert matching.unread == [2]
    assert [code for code, _v in matching.found[0].reasons][:2] == ["hs_same", "lines_missing"]
    only = find_exporters(request=sourcing(lines=[{"hs_code": "", "description": "qzxw"}], key="other"), most=10)
    assert (only.found, only.unread) == ([], [1])


def test_the_number_of_queries_does_not_grow(exporter, sourcing, django_assert_max_num_queries):
    for number in range(12):
        listing = exporter(f"firm{number}", currency="EUR")
        PriceBreak.objects.create(revision=listing.live_revision, minimum_quantity=1, unit_price=Decimal(number + 1))
    request = sourcing(lines=[{"target_price": Decimal(4), "currency": "EUR"}, {"hs_code": "180100"}])
    with django_assert_max_num_queries(11):
        assert len(find_exporters(request=request, most=10).found) == 10


def test_neighbours_of_the_chapter_are_asked_only_where_too_few_are_nearer(exporter, sourcing):
    exporter("same")
    far = exporter("spices", hs_code="090411")
    far.live_revision.category = None
    far.live_revision.save()
    request = sourcing()
    assert found_slugs(request, most=1) == ["same"]
    assert find_exporters(request=request, most=1).looked_at == 1
    assert found_slugs(request, most=2) == ["same", "spices"]
