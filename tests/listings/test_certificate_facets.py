"""Filters by certificate and by how far it was checked: both must be true of one and the same certificate."""

from collections import Counter
from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction
from django.utils import timezone

from certifications.models import Certificate, Scheme
from certifications.registry import tell_certificate_change
from listings.models import CertificateCoverage, Listing
from listings.rules.searching import GROUPS, Query, list_evidence_tokens
from listings.search.indexer import apply_changes, rebuild
from listings.search.query import count_without_each, search
from tests.listings.certified import cover, make_certificate, make_scheme
from tests.listings.factories import make_company, make_listing, make_officer
from tests.listings.settling import wait_until_settled

pytestmark = pytest.mark.django_db
SCHEMES = ("forest", "fair", "audit")
LEVELS = ("1", "2", "3")


@pytest.fixture
def shop():
    """Products with certificates of three schemes at several levels, some of which buyers must not see."""
    for code in (*SCHEMES, "shipment"):
        make_scheme(code, name=code.title())
    Scheme.objects.filter(code="shipment").update(kind="transaction_document", paper="transaction")
    rows = {
        "both, forest high": [("forest", 3, {}), ("fair", 1, {})],
        "both, fair high": [("forest", 1, {}), ("fair", 3, {})],
        "forest seen": [("forest", 1, {})],
        "forest confirmed": [("forest", 2, {}), ("forest", 1, {})],
        "audit signed": [("audit", 4, {})],
        "ended": [("forest", 3, {"days": -1})],
        "revoked": [("fair", 2, {"state": "revoked", "revoked_at": timezone.now(), "revoked_because": "It was wrong"})],
        "in the queue": [("fair", 0, {"state": "submitted"})],
        "of a shipment": [("shipment", 2, {})],
        "nothing": [],
    }
    for number, (title, certificates) in enumerate(rows.items()):
        company = make_company(country="KE" if number % 2 else "GH")
        listing = make_listing(
            company=company, title=title, minimum_order=10 + 100 * number, origin_country=company.country
        )
        for code, level, fields in certificates:
            cover(listing, make_certificate(company, scheme=make_scheme(code), level=level, **fields))
    doubtful = make_listing(title="refused and unclear")
    cover(doubtful, make_certificate(doubtful.company, scheme=make_scheme("forest")), result="unknown")
    row = cover(doubtful, make_certificate(doubtful.company, scheme=make_scheme("fair")))
    row.refused_by, row.refused_at = make_officer(), timezone.now()
    row.save()
    rebuild()


def find(**filters):
    ids = search(query=Query(page_size=50, **filters)).ids
    return set(Listing.objects.filter(pk__in=ids).values_list("live_revision__title", flat=True))


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"certificate": ("forest",)}, {"both, forest high", "both, fair high", "forest seen", "forest confirmed"}),
        ({"certificate": ("forest",), "evidence": "2"}, {"both, forest high", "forest confirmed"}),
        ({"certificate": ("fair",), "evidence": "2"}, {"both, fair high"}),
        ({"certificate": ("forest", "audit"), "evidence": "3"}, {"both, forest high", "audit signed"}),
        ({"evidence": "3"}, {"both, forest high", "both, fair high", "audit signed"}),
        ({"evidence": "2", "country": ("KE",)}, {"both, fair high", "forest confirmed"}),
        ({"certificate": ("shipment",)}, set()),
    ],
)
def test_scheme_and_level_belong_to_the_same_certificate(shop, filters, titles):
    assert find(**filters) == titles


def list_seen():
    """Per live listing the (scheme, level) pairs that buyers see, worked out row by row."""
    today = timezone.localdate()
    seen = {}
    for listing in Listing.objects.live():
        rows = [row for row in CertificateCoverage.objects.filter(listing=listing) if row.counts]
        valid = [row.certificate for row in rows if row.certificate.is_valid_on(today)]
        seen[listing] = {(one.scheme.code, one.evidence_level) for one in valid if one.scheme.is_badge}
    return seen


def fits(pairs, schemes, level):
    """One certificate is of a chosen scheme (of any, when none is chosen) and reaches the level."""
    return any((not schemes or code in schemes) and reached >= int(level or 1) for code, reached in pairs)


def brute_force(query, group):
    schemes = () if group == "certificate" else query.certificate
    level = "" if group == "evidence" else query.evidence
    asks = bool(schemes or level)
    left = [
        pairs
        for listing, pairs in list_seen().items()
        if (not query.country or listing.live_revision.origin_country in query.country)
        and (not asks or fits(pairs, schemes, level))
    ]
    if group == "certificate":
        values = [code for pairs in left for code in SCHEMES if fits(pairs, (code,), query.evidence)]
    else:
        values = [one for pairs in left for one in LEVELS if fits(pairs, query.certificate, one)]
    return dict(Counter(values))


@pytest.mark.parametrize("group", ["certificate", "evidence"])
@pytest.mark.parametrize(
    ("schemes", "level", "country"),
    list(product([(), ("forest",), ("fair", "forest"), ("fair", "forest", "audit")], ["", *LEVELS], [(), ("GH",)])),
)
def test_counts_equal_those_worked_out_by_hand(shop, group, schemes, level, country):
    query = Query(certificate=schemes, evidence=level, country=country)
    counted = {value: count for value, count in search(query=query).facets[group].items() if count}

    assert counted == brute_force(query, group)


@pytest.mark.parametrize("level", ["", *LEVELS])
@pytest.mark.parametrize("schemes", [(), ("forest",), ("fair", "audit")])
def test_a_count_is_what_choosing_the_value_finds(shop, schemes, level):
    query = Query(certificate=schemes, evidence=level)
    counts = search(query=query).facets["evidence"]

    assert {one: len(find(certificate=schemes, evidence=one)) for one in LEVELS} == counts


def test_an_empty_result_says_what_each_filter_costs(shop):
    query = Query(certificate=("audit",), evidence="1", country=("KE",))

    assert search(query=query).total == 0
    assert count_without_each(query=query) == {"certificate": 2, "country": 1}


def test_a_listing_bears_every_level_up_to_its_own():
    assert list_evidence_tokens([("forest", 2), ("fair", 1)]) == ["*:1", "*:2", "fair:1", "forest:1", "forest:2"]
    assert list_evidence_tokens([("forest", 0)]) == []


def test_both_are_groups_of_the_search():
    assert {"certificate", "evidence"} < set(GROUPS)


@pytest.mark.django_db(transaction=True)
def test_what_has_ended_leaves_the_index_once_that_is_told():
    listing = make_listing(title="Coffee")
    certificate = make_certificate(listing.company, scheme=make_scheme("audit"))
    cover(listing, certificate)
    rebuild()
    Certificate.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert find(certificate=("audit",)) == {"Coffee"}
    with transaction.atomic():
        tell_certificate_change(certificate_id=certificate.pk)
    wait_until_settled()
    apply_changes()

    assert find(certificate=("audit",)) == set()


def test_the_page_offers_schemes_by_name_and_keeps_the_choice(client, shop):
    response = client.get("/search/?certificate=forest&evidence=2")
    page = response.content.decode()

    assert 'name="certificate" value="forest" checked' in page
    assert 'name="evidence" value="2" checked' in page
    assert {chip.label: chip.url for chip in response.context["results"].chips} == {
        "Forest": "/search/?evidence=2",
        "At least: Confirmed by the issuer or its register": "/search/?certificate=forest",
    }
    assert "Shipment" not in page


def test_the_api_filters_alike_and_refuses_unknown_values(client, shop):
    body = client.get("/api/v1/listings/?certificate=forest&evidence=2").json()
    wrong = client.get("/api/v1/listings/?certificate=unheard&evidence=9")

    assert {row["title"] for row in body["results"]} == {"both, forest high", "forest confirmed"}
    assert (wrong.status_code, set(wrong.json()["errors"])) == (400, {"certificate", "evidence"})
