"""The directory and the storefront, as buyers, members, strangers and officers see them."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from storefronts.models import Company
from tests.storefronts.conftest import make_company, make_logo


def test_the_storefront_says_what_is_known(client, verified):
    page = client.get("/exporters/adanu/").text
    assert "<h1><bdi>Adanu Growers Union</bdi></h1>" in page
    assert "Ho, Volta, Ghana" in page
    assert "180 t a year" in page
    assert "2 countries" in page
    assert "We are 640 families." in page
    assert 'href="/exporters/adanu/contact/email/"' in page
    assert "Washing station" in page


def test_a_missing_fact_has_no_figure(client, verified):
    Company.objects.update(capacity="", exporting_since=None)
    page = client.get("/exporters/adanu/").text
    assert "Yearly capacity" not in page
    assert "Exporting since" not in page


def test_the_storefront_says_who_checked_it(client, verified):
    today = timezone.localdate()
    until = today + timedelta(days=365)
    page = client.get("/exporters/adanu/").text
    line = (
        f"Checked by Volta Export Promotion Agency on {today.day} {today:%b %Y}, valid until {until.day} {until:%b %Y}."
    )
    assert line in page
    assert "Document seen by an officer" in page
    assert 'class="seal"' not in page


def test_a_check_that_ran_out_is_no_longer_claimed(client, verified):
    Company.objects.update(verified_until=timezone.localdate() - timedelta(days=1))
    page = client.get("/exporters/adanu/").text
    assert "Checked by the agency" not in page
    assert "was not renewed yet" in page


def test_a_hidden_contact_is_not_on_the_page(client, verified):
    verified.channels.update(is_shown=False)
    assert "sales@adanu.example" not in client.get("/exporters/adanu/").text


def test_what_exporters_type_is_text(client, verified):
    Company.objects.update(story="<script>alert(1)</script>", tagline='"><b>x')
    page = client.get("/exporters/adanu/").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("state", ["draft", "submitted", "changes", "rejected", "suspended"])
def test_strangers_cannot_see_what_is_not_public(client, verified, people, state):
    Company.objects.update(state=state)
    assert client.get("/exporters/adanu/").status_code == 404
    client.force_login(people.stranger)
    assert client.get("/exporters/adanu/").status_code == 404


@pytest.mark.parametrize("who", ["owner", "editor", "viewer", "officer"])
def test_members_and_officers_preview_a_draft(client, draft, people, who):
    client.force_login(getattr(people, who))
    page = client.get("/exporters/adanu/")
    assert (page.status_code, "Only your team and the agency see this page." in page.text) == (200, True)


def test_a_proposal_is_previewed_by_members_and_by_nobody_else(client, verified, people):
    verified.revisions.create(number=2, facts={**verified.revisions.get().facts, "city": "Kpando"})
    assert "Kpando" not in client.get("/exporters/adanu/?proposed=1").text
    client.force_login(people.viewer)
    assert "Kpando, Volta, Ghana" in client.get("/exporters/adanu/?proposed=1").text
    verified.refresh_from_db()
    assert verified.city == "Ho"


def test_the_directory_shows_public_companies_only(client, verified, people):
    make_company("hidden", legal_name="Hidden Mills")
    page = client.get("/exporters/").text
    assert "Adanu Growers Union" in page
    assert "Hidden Mills" not in page
    assert "1 exporter" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Adanu Growers Union", "Bolga Baskets", "Lomé Cacao"]), ("q=BOLGA", ["Bolga Baskets"]), ("country=TG", ["Lomé Cacao"]),
        ("kind=trader", ["Bolga Baskets"]), ("kind=trader&country=TG", []), ("kind=nonsense", ["Adanu Growers Union", "Bolga Baskets", "Lomé Cacao"]),
    ],
)  # fmt: skip
def test_the_directory_is_narrowed_by_name_country_and_kind(client, verified, people, query, names):
    make_company(
        "bolga", officer=people.officer, legal_name="Bolga Baskets", kind="trader", registration_number="1", tagline=""
    )
    make_company(
        "lome", officer=people.officer, legal_name="Lomé Cacao", country="TG", registration_number="2", tagline=""
    )
    page = client.get(f"/exporters/?{query}")
    assert [exporter.name for exporter in page.context["exporters"]] == names


def test_the_directory_without_exporters_says_why(client, db):
    assert "The first exporters are on their way" in client.get("/exporters/").text


def test_the_directory_costs_the_same_with_one_and_with_thirty(client, verified, people, django_assert_num_queries):
    Company.objects.update(logo=make_logo())
    client.get("/exporters/")
    for number in range(30):
        make_company(
            f"c-{number}",
            officer=people.officer,
            legal_name=f"Company {number}",
            registration_number=str(number),
            logo=make_logo(),
        )
    with django_assert_num_queries(4):
        client.get("/exporters/")


def test_a_storefront_costs_a_fixed_number_of_queries(client, verified, django_assert_max_num_queries):
    client.get("/exporters/adanu/")
    with django_assert_max_num_queries(12):
        client.get("/exporters/adanu/")


def read_json_ld(page):
    return json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])


def test_machines_read_an_organization(client, verified, settings):
    settings.SITE_URL = "https://export.example"
    Company.objects.update(logo=make_logo())
    verified.channels.create(kind="phone", value="+233302000101", is_shown=False)
    described = read_json_ld(client.get("/exporters/adanu/").text)
    assert described.pop("logo").startswith("https://export.example/media/")
    address = {"@type": "PostalAddress", "addressLocality": "Ho", "addressRegion": "Volta", "addressCountry": "GH"}
    assert described == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Adanu Growers Union",
        "url": "https://export.example/exporters/adanu/",
        "description": "Coffee cooperative in Ho, Volta Region",
        "foundingDate": "2009",
        "address": address,
        "location": [
            {"@type": "Place", "name": "Washing station", "address": {**address, "addressLocality": "Amedzofe"}}
        ],
        "email": "sales@adanu.example",
        "knowsLanguage": ["en", "fr"],
        "areaServed": ["DE", "NL"],
    }


def test_machines_cannot_be_told_to_leave_the_script(client, verified):
    Company.objects.update(legal_name="</script><script>alert(1)</script>")
    page = client.get("/exporters/adanu/").text
    assert "<script>alert(1)" not in page
    assert read_json_ld(page)["name"] == "</script><script>alert(1)</script>"


@pytest.mark.parametrize("address", ["/exporters/adanu/?proposed=1", "/exporters/hidden/"])
def test_machines_read_nothing_that_is_not_public(client, verified, people, address):
    make_company("hidden", legal_name="Hidden Mills")
    client.force_login(people.officer)
    page = client.get(address)
    assert (page.status_code, "ld+json" in page.text) == (200, False)


def test_the_storefront_leads_to_how_checks_are_made(client, verified):
    page = client.get("/exporters/adanu/").text
    assert '<a href="/help/#checks">How the agency checks</a>' in page
    assert 'id="checks"' in client.get("/help/").text
