"""What buyers see of certificates on cards, product pages, storefronts and in the API, and on which day it goes."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from core import slots
from listings.search.indexer import rebuild
from storefronts.choices import CompanyState
from tests.listings.certified import cover, make_certificate, make_scheme
from tests.listings.factories import make_company, make_listing, make_officer, make_user

pytestmark = pytest.mark.django_db
SEAL = '<a class="seal" href="#h-certificates">'


@pytest.fixture
def listing():
    return make_listing(company=make_company(legal_name="Adanu", slug="adanu"))


def certify(listing, *, result="pass", **fields):
    """A certificate over a listing."""
    certificate = make_certificate(listing.company, **fields)
    cover(listing, certificate, result=result)
    return certificate


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def product_page(client, listing):
    return text_of(client.get(listing.get_absolute_url()))


def card_of(client, listing):
    """The card of the listing on the home page."""
    found = [card for card in client.get("/").context["home"].newest if card.id == listing.pk]
    return found[0]


def go_to(monkeypatch, days):
    """It is that many days later."""
    day = timezone.localdate() + timedelta(days=days)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: day)


def test_the_page_says_what_was_checked_how_when_and_until(client, listing, settings):
    settings.AGENCY_NAME = "Volta Agency"
    certificate = certify(listing, number="GH-BIO-0772")
    page = product_page(client, listing)
    day = timezone.localdate()

    assert SEAL in page
    assert '<h2 id="h-certificates">Checked certificates</h2>' in page
    assert "Certifier Ltd" in page
    assert "GH-BIO-0772" in page
    assert f"Valid until</dt><dd>{(day + timedelta(days=365)).strftime('%-d %b %Y')}" in page
    checked = f"Checked by Volta Agency on {day.strftime('%-d %b %Y')}."
    assert f"Confirmed by the issuer or its register. {checked}" in page
    assert f'href="/verify/{certificate.public_id}/"' in page


def test_a_document_that_was_only_seen_gets_a_grey_tag_and_no_seal(client, listing):
    certify(listing, level=1)
    page = product_page(client, listing)

    assert (SEAL in page, 'class="cert-mark"' in page) == (False, False)
    assert '<span class="tag">document seen</span>' in page
    assert card_of(client, listing).seals == ()
    assert card_of(client, listing).tags == ("Organic test standard: document seen", "Sample available")


@pytest.mark.parametrize("paper", ["audit_report", "registration", "declaration", "mark"])
def test_what_is_no_certificate_is_never_called_one(client, listing, paper):
    certify(listing, scheme=make_scheme("test-audit", name="Ethical audit", paper=paper))
    page = product_page(client, listing)
    main = page[page.index("<main") : page.index("</main>")]

    assert '<h2 id="h-certificates">Checked papers</h2>' in main
    assert "certificate" not in re.sub(r"<[^>]+>", " ", main).lower()
    assert "hasCertification" not in page


@pytest.mark.parametrize(("days", "shown"), [(0, True), (10, True), (11, False)])
def test_seal_and_section_go_the_day_after_the_last(client, listing, monkeypatch, days, shown):
    certify(listing, days=10)
    go_to(monkeypatch, days)
    page = product_page(client, listing)

    assert (SEAL in page, "h-certificates" in page) == (shown, shown)
    assert ("hasCertification" in page) is shown
    assert card_of(client, listing).seals == (("Organic test standard",) if shown else ())
    assert len(client.get(f"/api/v1/listings/{listing.pk}/").json()["certificates"]) == int(shown)


@pytest.mark.parametrize(
    ("days", "words"), [(90, "90 days left"), (1, "1 day left"), (0, "Last day"), (91, None), (None, None)]
)
def test_the_last_ninety_days_are_counted(client, listing, days, words):
    certify(listing, days=days)
    pills = re.findall(r'<span class="pill warn">([^<]+)</span></h3>', product_page(client, listing))

    assert pills == ([words] if words else [])


@pytest.mark.parametrize("result", ["fail", "unknown"])
def test_what_the_rules_do_not_agree_with_is_not_shown_until_an_officer_says_so(client, listing, result):
    certificate = certify(listing, result=result)
    assert "h-certificates" not in product_page(client, listing)
    officer, row = make_officer(), listing.coverages.get(certificate=certificate)
    row.confirmed_by, row.confirmed_at, row.confirmed_basis = officer, timezone.now(), row.basis
    row.save()

    assert SEAL in product_page(client, listing)


def test_a_revoked_certificate_is_gone_at_once(client, listing):
    certificate = certify(listing)
    certificate.state, certificate.revoked_at, certificate.revoked_because = "revoked", timezone.now(), "It was wrong"
    certificate.save()

    assert "h-certificates" not in product_page(client, listing)


def test_a_card_shows_at_most_three_marks_and_each_scheme_once(client, listing):
    for name in ("Alpha", "Beta", "Gamma", "Delta"):
        certify(listing, scheme=make_scheme(f"test-{name.lower()}", name=name))
    certify(listing, scheme=make_scheme("test-alpha"), level=3)
    certify(listing, scheme=make_scheme("test-seen", name="Seen"), level=1)
    card = card_of(client, listing)

    assert (card.seals, card.tags) == (("Alpha", "Beta", "Delta"), ("Sample available",))
    assert text_of(client.get("/")).count('<span class="seal">') == 3


def test_machines_read_the_certificate(client, listing):
    certificate = certify(listing, number="GH-1")
    page = product_page(client, listing)
    described = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1))
    today = timezone.localdate()

    assert described["hasCertification"] == [
        {
            "@type": "Certification", "name": "Organic test standard", "certificationIdentification": "GH-1",
            "validFrom": (today - timedelta(days=30)).isoformat(), "expires": (today + timedelta(days=365)).isoformat(),
            "url": f"http://localhost:8000/verify/{certificate.public_id}/",
            "certificationStatus": "https://schema.org/CertificationActive",
            "issuedBy": {"@type": "Organization", "name": "Certifier Ltd"},
        }
    ]  # fmt: skip


@pytest.mark.parametrize("number", [1, 6])
def test_certificates_cost_no_query_more_for_any_number(client, number, django_assert_num_queries):
    for title in range(number):
        listing = make_listing(title=f"Coffee {title}")
        certify(listing)
        certify(listing, scheme=make_scheme("test-fair", name="Fair"))
    rebuild()
    with django_assert_num_queries(11):  # three of them once a minute: categories, schemes, synonyms
        client.get("/search/")
    with django_assert_num_queries(3):  # known cards, another page
        client.get("/search/?sort=newest")
    with django_assert_num_queries(1):
        client.get("/search/")
    with django_assert_num_queries(7):
        client.get("/api/v1/listings/")
    company, user = listing.company, make_user()
    filling = next(one for one in slots.list_fillings() if one.slot == "storefront.side" and "certif" in one.template)
    with django_assert_num_queries(filling.queries):
        filling.select(company=company, user=user, language="en")


def test_a_storefront_shows_what_is_valid_today_whether_or_not_it_covers_a_product(client, listing, monkeypatch):
    make_certificate(listing.company, days=10, scheme=make_scheme("test-site", name="Site standard"))
    make_certificate(listing.company, state="submitted", scheme=make_scheme("test-wait", name="Waiting standard"))
    page = text_of(client.get(listing.company.get_absolute_url()))
    go_to(monkeypatch, 11)
    later = text_of(client.get(listing.company.get_absolute_url()))

    assert ("Site standard" in page, "Waiting standard" in page) == (True, False)
    assert ("Site standard" in later, "h-certificates" in later) == (False, False)


def test_a_listing_of_the_api_names_its_certificates(client, listing):
    certificate = certify(listing, number="GH-1")
    (found,) = client.get(f"/api/v1/listings/{listing.pk}/").json()["certificates"]

    assert found == {
        "public_id": certificate.public_id, "url": f"http://localhost:8000/verify/{certificate.public_id}/",
        "scheme": "test-organic", "scheme_name": "Organic test standard", "paper": "certificate", "issuer": "Certifier Ltd",
        "number": "GH-1", "valid_from": certificate.valid_from.isoformat(), "valid_until": certificate.valid_until.isoformat(),
        "evidence_level": 2, "checked_on": timezone.localdate().isoformat(), "shows_seal": True,
    }  # fmt: skip


def test_a_certificate_of_the_api_names_its_storefront_and_scheme(client, listing):
    certificate = make_certificate(listing.company, number="GH-1")
    body = client.get(f"/api/v1/certificates/{certificate.public_id.lower()}/").json()

    assert (body["company"], body["number"], body["scope"]) == ("adanu", "GH-1", "Green coffee")
    assert body["scheme"] == {
        "code": "test-organic",
        "name": "Organic test standard",
        "owner": "Standards Office",
        "kind": "process",
        "paper": "certificate",
    }


def test_the_api_lists_what_is_valid_and_narrows_by_company_and_scheme(client, listing):
    mine = make_certificate(listing.company)
    other = make_certificate(make_company(), scheme=make_scheme("test-fair", name="Fair"))
    make_certificate(listing.company, days=-1)

    def ask(query):
        return {row["public_id"] for row in client.get(f"/api/v1/certificates/{query}").json()["results"]}

    assert ask("") == {mine.public_id, other.public_id}
    assert ask("?company=adanu") == {mine.public_id}
    assert ask("?scheme=test-fair") == {other.public_id}
    assert ask("?company=nobody") == set()
    assert client.get("/api/v1/certificates/?company=%00").status_code == 400


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"days": -1}, "expired"),
        ({"days": 5}, "valid"),
        ({"state": "revoked", "evidence_level": 2, "revoked_at": timezone.now(), "revoked_because": "x"}, "revoked"),
    ],
)
def test_the_api_says_how_a_certificate_stands(client, listing, fields, status):
    certificate = make_certificate(listing.company, **fields)
    body = client.get(f"/api/v1/certificates/{certificate.public_id}/").json()

    assert (body["status"], body["shows_seal"]) == (status, status == "valid")


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected", "withdrawn"])
def test_what_no_officer_stands_behind_is_not_found(client, listing, state):
    certificate = make_certificate(listing.company, state=state)

    assert client.get(f"/api/v1/certificates/{certificate.public_id}/").status_code == 404


def test_a_suspended_storefront_takes_its_certificates_along(client, listing):
    certificate = make_certificate(listing.company)
    listing.company.state = CompanyState.SUSPENDED
    listing.company.save()

    assert client.get(f"/api/v1/certificates/{certificate.public_id}/").status_code == 404
    assert client.get("/api/v1/certificates/").json()["count"] == 0
