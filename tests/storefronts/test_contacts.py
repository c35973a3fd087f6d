"""Contacts are followed through our own address, which counts the click and leads to what is stored alone."""

import pytest

from core.visits import is_program
from storefronts import registry
from storefronts.models import ContactChannel
from tests.listings.factories import make_company, make_member, make_officer

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
STORED = {
    "phone": ("+233302000101", "tel:+233302000101"),
    "whatsapp": ("+233302000101", "https://wa.me/233302000101"),
    "email": ("sales@adanu.example", "mailto:sales@adanu.example"),
    "website": ("https://adanu.example/coffee", "https://adanu.example/coffee"),
}


@pytest.fixture
def company():
    found = make_company(slug="adanu")
    for kind, (value, _url) in STORED.items():
        ContactChannel.objects.create(company=found, kind=kind, value=value)
    return found


@pytest.fixture
def told(monkeypatch):
    """What the hooks of visits heard."""
    heard = []
    monkeypatch.setattr(
        registry, "_visit_hooks", [lambda *, company_id, kind, user, destination: heard.append((kind, user))]
    )
    return heard


def follow(client, kind, query="", **headers):
    return client.get(f"/exporters/adanu/contact/{kind}/{query}", headers={"User-Agent": PHONE, **headers})


@pytest.mark.parametrize("kind", STORED)
def test_a_contact_leads_to_what_is_stored_and_is_counted(client, company, told, kind):
    answer = follow(client, kind)
    assert (answer.status_code, answer["Location"]) == (302, STORED[kind][1])
    assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex, nofollow", True)
    assert told == [(kind, None)]


@pytest.mark.parametrize(
    "query",
    ["?url=https://evil.example", "?next=https://evil.example", "?to=//evil.example", "?website=https://evil.example"],
)
def test_nothing_in_the_request_decides_where_it_leads(client, company, query):
    answer = follow(client, "website", query, Referer="https://evil.example", **{"X-Forwarded-Host": "evil.example"})
    assert answer["Location"] == "https://adanu.example/coffee"


@pytest.mark.parametrize("kind", ["evil", "website-evil", "https", "phone2"])
def test_a_channel_that_is_not_there_is_not_found(client, company, told, kind):
    assert (follow(client, kind).status_code, told) == (404, [])


def test_a_stored_value_that_a_browser_would_run_is_refused(client, company, told):
    ContactChannel.objects.filter(kind="website").update(value="javascript:alert(1)")
    answer = follow(client, "website")
    assert (answer.status_code, "Location" in answer, told) == (400, False, [])


def test_a_hidden_channel_and_a_hidden_company_are_not_found(client, company, told):
    ContactChannel.objects.filter(kind="email").update(is_shown=False)
    assert follow(client, "email").status_code == 404
    company.state = "suspended"
    company.save()
    assert (follow(client, "phone").status_code, told) == (404, [])


def test_the_page_links_to_our_address_and_asks_robots_to_stay_away(client, company):
    page = client.get("/exporters/adanu/").text
    panel = page.split('id="contact"')[1].split("</ul>")[0]
    for kind in STORED:
        assert f'<a href="/exporters/adanu/contact/{kind}/" rel="nofollow ugc noopener">' in panel
    assert ("mailto:" in panel, "tel:" in panel, "wa.me" in panel) == (False, False, False)


def test_robots_heads_and_looks_ahead_lead_on_but_are_not_counted(client, company, told):
    assert client.head("/exporters/adanu/contact/email/", headers={"User-Agent": PHONE}).status_code == 302
    assert follow(client, "email", **{"User-Agent": "Googlebot/2.1"}).status_code == 302
    assert follow(client, "email", **{"Sec-Purpose": "prefetch"}).status_code == 302
    assert client.post("/exporters/adanu/contact/email/", headers={"User-Agent": PHONE}).status_code == 405
    assert told == []


def test_a_preview_of_what_is_not_public_is_not_counted(client, company, told):
    company.state = "suspended"
    company.save()
    for user in (make_member(company=company).user, make_officer()):
        client.force_login(user)
        assert client.get("/exporters/adanu/", headers={"User-Agent": PHONE}).status_code == 200
        assert follow(client, "phone").status_code == 302
    assert told == []


@pytest.mark.parametrize("agent", ["CUBOT_X19", "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1) Presto/2.12", "UCWEB/2.0"])
def test_old_telephones_are_no_robots(agent):
    assert is_program(agent) is False
