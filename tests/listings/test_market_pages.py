"""The exporter's pages beside the editor: which certificates cover a product, and what markets ask of it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certifications.models import Requirement
from listings.choices import ListingState
from listings.models import CertificateCoverage, RequirementAnswer
from listings.services.answers import answer_requirement
from storefronts.choices import Role
from tests.listings.certified import READ_ON, cover, make_certificate, make_requirement, make_scheme
from tests.listings.factories import make_listing, make_member, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_shipped_rows():
    """Only what a test asks for."""
    Requirement.objects.all().delete()


@pytest.fixture
def client(client, member):
    client.force_login(member.user)
    return client


@pytest.fixture
def listing(member):
    return make_listing(company=member.company)


def address(listing, name="markets", query=""):
    return reverse(f"products:{name}", args=[listing.company.slug, listing.pk]) + query


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def cells_of(client, listing, query=""):
    """Row by row: the label, and each cell's words and next step, None where nothing is asked."""
    gaps = client.get(address(listing, query=query)).context["gaps"]
    return [(row.label, [cell and (cell.kind, cell.label) for cell in row.cells]) for row in gaps.rows]


def test_a_chosen_certificate_is_kept_and_judged_on_the_page(client, listing, member):
    certificate = make_certificate(member.company)
    response = client.post(address(listing, "certificates"), {"certificate": certificate.public_id}, follow=True)
    page = text_of(response)

    assert listing.coverages.get().certificate == certificate
    assert f'value="{certificate.public_id}" checked' in page
    assert '<span class="pill ok">It covers this product</span>' in page
    assert "HS code 090111 is among those that it covers." in page


def test_certificates_of_others_are_neither_shown_nor_taken(client, listing, member):
    strange = make_certificate(make_member().company)
    page = text_of(client.get(address(listing, "certificates")))
    response = client.post(address(listing, "certificates"), {"certificate": strange.public_id})

    assert strange.public_id not in page
    assert (response.status_code, CertificateCoverage.objects.count()) == (404, 0)


def test_a_refused_one_says_so_and_cannot_be_ticked(client, listing, member):
    officer = make_officer()
    cover(listing, make_certificate(member.company), refused_by=officer, refused_at=timezone.now())
    page = text_of(client.get(address(listing, "certificates")))

    assert '<span class="pill bad">An officer said that it does not cover this product</span>' in page
    assert "checked disabled" in page


def test_a_viewer_reads_both_pages_and_writes_on_neither(client, listing, member):
    certificate, document = make_certificate(member.company), make_requirement("paper")
    viewer = make_member(company=member.company, role=Role.VIEWER)
    client.force_login(viewer.user)
    pages = [client.get(address(listing, name)) for name in ("certificates", "markets")]
    answers = [
        client.post(address(listing, "certificates"), {"certificate": certificate.public_id}),
        client.post(address(listing), {"requirement": document.key, "has_it": "yes"}),
    ]

    assert [page.status_code for page in pages] == [200, 200]
    assert "We have this" not in text_of(pages[1])
    assert [answer.status_code for answer in answers] == [403, 403]
    assert (CertificateCoverage.objects.count(), RequirementAnswer.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", ["certificates", "markets"])
def test_a_strangers_product_is_not_found(client, name):
    strange = make_listing()

    assert client.get(address(strange, name)).status_code == 404


def test_without_certificates_the_page_leads_to_the_first(client, listing):
    page = text_of(client.get(address(listing, "certificates")))

    assert "No certificates yet" in page
    assert reverse("certificates:list", args=[listing.company.slug]) in page


def test_the_archive_keeps_what_was_chosen_and_says_why(client, member):
    archived = make_listing(company=member.company, state=ListingState.ARCHIVED)
    response = client.post(address(archived, "certificates"), {})

    assert response.status_code == 409
    assert "This product is in the archive" in text_of(response)


def test_each_cell_says_where_the_product_stands(client, listing, member):
    names = {"met": 365, "ending": 20, "gone": -1}
    for name, days in names.items():
        scheme = make_scheme(f"test-{name}", name=f"Scheme {name}")
        cover(listing, make_certificate(member.company, scheme=scheme, days=days))
        make_requirement(scheme=scheme, document=f"Paper {name}")
    make_requirement("stated", document="Paper stated")
    make_requirement("unknown", document="Paper unknown")
    answer_requirement(member=member, listing_id=listing.pk, requirement_key="stated", has_it=True)

    assert cells_of(client, listing, "?market=EU") == [
        ("Paper gone", [("bad", "Missing")]),
        ("Paper unknown", [("none", "Not known")]),
        ("Paper stated", [("info", "Stated by you")]),
        ("Paper ending", [("warn", "Met, 20 days left")]),
        ("Paper met", [("ok", "Met")]),
    ]


def test_markets_stand_side_by_side_and_share_the_row_of_a_scheme(client, listing):
    scheme = make_scheme()
    make_requirement(market="EU", scheme=scheme, document="Organic certificate")
    make_requirement(market="US", scheme=scheme, document="Organic certificate")
    make_requirement(market="UK", document="Import notice")
    make_requirement(market="JP", document="Paper of Japan")

    assert cells_of(client, listing) == [
        ("Organic certificate", [("bad", "Missing"), None, ("bad", "Missing")]),
        ("Import notice", [None, ("none", "Not known"), None]),
    ]
    assert cells_of(client, listing, "?market=JP&market=nowhere") == [("Paper of Japan", [("none", "Not known")])]


def test_two_papers_of_one_name_in_one_market_keep_a_row_each(client, listing):
    make_requirement("first")
    make_requirement("second")

    assert [len(cells) for _label, cells in cells_of(client, listing)] == [3, 3]


def test_blockers_come_first_with_who_can_lift_them(client, listing):
    make_requirement(document="Plain paper", scheme=make_scheme())
    make_requirement("permit", document="Residue plan", blocks=True, lifted_by="authority", next_step="Write to them.")
    response = client.get(address(listing))
    page = text_of(response)

    assert [row.label for row in response.context["gaps"].rows] == ["Residue plan", "Plain paper"]
    assert "Who can lift it: An authority of your country" in page
    assert "1 blocker comes first" in page
    assert "Write to them." in page


def test_a_met_requirement_has_no_next_step(client, listing, member):
    scheme = make_scheme()
    cover(listing, make_certificate(member.company, scheme=scheme))
    make_requirement(scheme=scheme, blocks=True, lifted_by="exporter", next_step="Ask the certifier.")
    response = client.get(address(listing))

    assert "Ask the certifier." not in text_of(response)
    assert response.context["gaps"].blockers == 0


@pytest.mark.parametrize(
    ("fields", "words", "step"),
    [
        (
            {"state": "submitted"},
            "An officer is checking your Organic test standard.",
            "Wait for the officer’s answer.",
        ),
        ({"state": "draft"}, "Your Organic test standard is a draft.", "Finish the draft and send it."),
        ({}, "Your Organic test standard is valid, but it does not cover this product.", "Choose it for this product"),
        ({"days": -1}, "Your Organic test standard has ended.", "Ask the plant health service"),
    ],
)
def test_what_the_company_has_decides_the_next_step(client, listing, member, fields, words, step):
    make_certificate(member.company, **fields)
    make_requirement(scheme=make_scheme())
    page = text_of(client.get(address(listing)))

    assert words in page
    assert re.search(rf"Next step:</b> (<bdi lang=\"en\">)?{step}", page)


def test_only_what_is_meant_for_the_code_and_the_origin_is_asked(client, listing):
    make_requirement(document="For coffee", hs_prefixes=["0901"])
    make_requirement(document="For food", hs_prefixes=["02-24"])
    make_requirement(document="For textiles", hs_prefixes=["50-63"])
    make_requirement(document="From Ghana", origin="GH")
    make_requirement(document="From Kenya", origin="KE")
    make_requirement(document="Put away", is_active=False)

    assert {label for label, _cells in cells_of(client, listing)} == {"For coffee", "For food", "From Ghana"}


def test_without_a_code_the_page_asks_for_it_and_a_family_helps(client, member):
    listing = make_listing(company=member.company, hs_code="")
    make_requirement(document="For all")
    make_requirement(document="For coffee", hs_prefixes=["0901"], family="coffee-cocoa")
    plain, chosen = client.get(address(listing)), client.get(address(listing, query="?family=coffee-cocoa"))

    assert "Without it nobody can say whether 1 more requirement is meant for it." in text_of(plain)
    assert [row.label for row in plain.context["gaps"].rows] == ["For all"]
    assert sorted(row.label for row in chosen.context["gaps"].rows) == ["For all", "For coffee"]


def test_every_cell_names_its_source_and_old_ones_say_since_when(client, listing):
    make_requirement(document="Fresh")
    make_requirement(document="Old", read_on=timezone.localdate() - timedelta(days=366), owner="Old Office")
    page = text_of(client.get(address(listing)))

    assert f'Read on {READ_ON.strftime("%-d %b %Y")} <a href="https://example.org/rule"' in page
    assert re.search(
        r"Not checked since [^<]+</span> <a href=\"https://example.org/rule\" rel=\"noopener\"><bdi>Old", page
    )


def test_stating_a_document_comes_back_to_its_cell_and_can_be_taken_back(client, listing, member):
    make_requirement("paper")
    typed = {"requirement": "paper", "market": ["EU", "JP"]}
    said = client.post(address(listing), typed | {"has_it": "yes"})
    answer = RequirementAnswer.objects.get()
    assert (answer.has_it, answer.by) == (True, member.user)
    client.post(address(listing), typed | {"has_it": "no"})
    answer.refresh_from_db()

    assert said["Location"] == address(listing, query="?market=EU&market=JP#paper")
    assert (answer.has_it, RequirementAnswer.objects.count()) == (False, 1)
    assert cells_of(client, listing)[0][1][0] == ("none", "Not known")


@pytest.mark.parametrize(
    "typed",
    [
        {"requirement": "of-a-scheme", "has_it": "yes"},
        {"requirement": "unheard", "has_it": "yes"},
        {"requirement": "\x00", "has_it": "yes"},
        {"requirement": "paper", "has_it": "perhaps"},
        {},
    ],
)
def test_what_cannot_be_stated_is_not_found(client, listing, typed):
    make_requirement("paper")
    make_requirement("of-a-scheme", scheme=make_scheme())

    assert client.post(address(listing), typed).status_code == 404
    assert not RequirementAnswer.objects.exists()


@pytest.mark.parametrize("number", [1, 12])
def test_both_pages_cost_the_same_for_any_number(client, listing, member, django_assert_num_queries, number):
    for place in range(number):
        scheme = make_scheme(f"test-{place}", name=f"Scheme {place}")
        cover(listing, make_certificate(member.company, scheme=scheme))
        make_requirement(scheme=scheme)
        make_requirement(document=f"Paper {place}")
    with django_assert_num_queries(26):
        client.get(address(listing))
    with django_assert_num_queries(24):
        client.get(address(listing, "certificates"))


def test_list_and_review_lead_to_both(client, listing):
    index = text_of(client.get(reverse("products:list", args=[listing.company.slug])))
    review = text_of(client.get(reverse("products:edit", args=[listing.company.slug, listing.pk, "review"])))

    assert all(
        f'href="{address(listing, name)}"' in page for page in (index, review) for name in ("certificates", "markets")
    )
