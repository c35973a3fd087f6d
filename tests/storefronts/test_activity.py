"""What was done in a company, in words: from the audit of its own subjects, without personal values."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certifications.models import Certificate, Scheme
from core import audit
from core.models import AuditEntry
from inquiries.models import Inquiry
from inquiries.services.desk import tell_absence
from listings.services.availability import pause_listing
from listings.services.drafts import save_basics, save_offer
from storefronts.models import Member
from storefronts.registry import list_acts, list_subjects
from storefronts.selectors import list_activity, tell_activity
from storefronts.services import invite_member, leave_company, remove_member, say_works_alone, suspend_company
from tests.listings.editor_input import version
from tests.listings.factories import make_listing, make_live_listing
from tests.storefronts.conftest import make_company

URL = "/sell/adanu/team/activity/"


@pytest.fixture
def told(verified):
    """The sentences about Adanu, the latest first, without their marks."""

    def read():
        lines = tell_activity(company=verified, entries=list(list_activity(company=verified)))
        return [strip(line.sentence) for line in lines]

    return read


def strip(text):
    for mark in ("<b>", "</b>", "<bdi>", "</bdi>"):
        text = text.replace(mark, "")
    return text


def test_a_changed_price_is_told_as_such(verified, people, member, told):
    editor = member(verified, people.editor)
    listing = make_listing(company=verified, title="Washed Arabica")
    save_basics(member=editor, listing_id=listing.pk, version=version(listing), values={"summary": "New harvest"})
    save_offer(member=editor, listing_id=listing.pk, version=version(listing), values={}, breaks=())
    assert told()[:2] == ["Kwame Tetteh changed the price of “Washed Arabica”", "Kwame Tetteh changed “Washed Arabica”"]


def test_a_save_that_changes_nothing_is_not_told(verified, people, member, told):
    listing = make_listing(company=verified, title="Washed Arabica")
    values = {"title": "Washed Arabica"}
    save_basics(member=member(verified, people.editor), listing_id=listing.pk, version=version(listing), values=values)
    assert told() == []


def test_products_certificates_inquiries_and_absences_are_told_by_name(verified, people, member, told):
    owner = member(verified, people.owner)
    pause_listing(member=owner, listing_id=make_live_listing(company=verified, title="Peaberry").pk)
    scheme = Scheme.objects.create(
        code="eu-organic-x", name="EU organic", owner="EU", kind="product", paper="certificate"
    )
    certificate = Certificate.objects.create(company=verified, scheme=scheme)
    audit.record("certifications.submitted", subject=certificate, actor=people.editor)
    now = timezone.now()
    inquiry = Inquiry.objects.create(
        company=verified, key="k", buyer_email="marie@duval.example", buyer_name="Marie Duval", subject="Peaberry", state="new",
        asked_at=now, confirmed_at=now, last_message_at=now,
    )  # fmt: skip
    audit.record("inquiries.declined", subject=inquiry, actor=people.owner)
    tell_absence(member=owner, back_on=timezone.localdate() + timedelta(days=3))
    assert told() == [
        "Esinam Agbeko told buyers that you are away",
        "Esinam Agbeko declined the inquiry about “Peaberry”",
        "Kwame Tetteh sent the certificate “EU organic” to the agency",
        "Esinam Agbeko paused “Peaberry”",
    ]


def test_acts_of_the_team_are_told_without_addresses(verified, people, member, told):
    owner = member(verified, people.owner)
    invite_member(member=owner, email="secret@else.example", role="viewer", language="en")
    say_works_alone(member=owner)
    say_works_alone(member=owner)
    leave_company(member=member(verified, people.viewer))
    remove_member(member=owner, member_id=member(verified, people.editor).pk)
    assert told() == [
        "Esinam Agbeko took a colleague out of the team",
        "Dela Mensah left the team",
        "Esinam Agbeko said to work alone",
        "Esinam Agbeko invited a colleague",
    ]


def test_officers_act_for_the_agency_and_their_decisions_are_not_told(verified, people, told):
    suspend_company(company_id=verified.pk, officer=people.officer, reason="Asked by the register.")
    assert told() == []
    audit.record("storefronts.facts_saved", subject=verified, actor=people.officer, fields=["story"])
    assert told() == ["The agency changed the storefront"]


def test_what_belongs_to_other_firms_stays_there(verified, people, member, told):
    other = make_company("other")
    Member.objects.create(company=other, user=people.owner, role="owner")
    listing = make_live_listing(company=other, title="Of another firm")
    pause_listing(member=member(other, people.owner), listing_id=listing.pk)
    audit.record("storefronts.facts_saved", subject=other, actor=people.owner)
    assert (AuditEntry.objects.count(), told()) == (2, [])


def test_names_cannot_bring_marks_into_the_page(verified, people, member):
    people.owner.full_name = "<b>Esinam</b>"
    people.owner.save()
    make_listing(company=verified, title="<script>x</script>", state="draft")
    audit.record("listings.pause", subject=verified.listings.get(), actor=people.owner)
    (line,) = tell_activity(company=verified, entries=list(list_activity(company=verified)))
    assert "<script>" not in line.sentence
    assert "&lt;b&gt;Esinam&lt;/b&gt;" in line.sentence


def test_every_act_names_who_and_every_kind_is_a_model():
    assert all("{who}" in act.text for act in list_acts())
    assert all("storefronts." not in act.action or "{what}" not in act.text for act in list_acts())
    assert {subjects.kind for subjects in list_subjects()} == {
        "certifications.certificate", "listings.listing", "listings.listingrevision", "inquiries.inquiry", "inquiries.quotation",
        "shipping.shippingprofile", "shipping.tariff", "shipping.tariffversion",
        "shipping.carrieraccount",
    }  # fmt: skip


def test_the_page_is_cut_into_pages(client, verified, people):
    for _ in range(26):
        audit.record("storefronts.facts_saved", subject=verified, actor=people.editor)
    client.force_login(people.editor)
    first, second = client.get(URL), client.get(f"{URL}?page=2")
    assert [len(page.context["lines"]) for page in (first, second)] == [25, 1]
    assert '?page=2"' in first.text
    assert first["Cache-Control"].count("no-store") == 1


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("editor", 200), ("viewer", 403), ("stranger", 404), ("officer", 404)]
)
def test_owners_and_editors_read_it(client, verified, people, who, status):
    client.force_login(getattr(people, who))
    assert client.get(URL).status_code == status


def test_the_team_page_shows_roles_and_the_last_acts_to_those_who_may_read_them(client, verified, people):
    audit.record("storefronts.facts_saved", subject=verified, actor=people.editor)
    client.force_login(people.editor)
    page = client.get("/sell/adanu/team/").text
    assert ("changed the storefront" in page, "Writes products, certificates and storefront" in page) == (True, True)
    client.force_login(people.viewer)
    page = client.get("/sell/adanu/team/").text
    assert ("changed the storefront" in page, 'id="h-hand"' in page) == (False, False)


def test_who_works_alone_says_so_once(client, verified, people):
    verified.members.exclude(user=people.owner).delete()
    client.force_login(people.owner)
    assert "I work alone" in client.get("/sell/adanu/team/").text
    assert client.post("/sell/adanu/team/alone/").status_code == 302
    page = client.get("/sell/adanu/team/").text
    assert ("I work alone" in page, "There is nobody yet who could own the company." in page) == (False, True)


def test_the_pages_cost_the_same_however_much_was_done(client, verified, people, django_assert_num_queries):
    client.force_login(people.owner)
    listing = make_live_listing(company=verified)
    acts = (
        ("listings.pause", listing),
        ("listings.saved", listing.live_revision),
        ("storefronts.facts_saved", verified),
    )
    for action, subject in acts:
        audit.record(action, subject=subject, actor=people.owner)
    client.get(URL)
    for url, queries in ((URL, 19), ("/sell/adanu/team/", 22)):
        with django_assert_num_queries(queries):
            client.get(url)
    for action, subject in acts * 4:
        audit.record(action, subject=subject, actor=people.editor)
    for url, queries in ((URL, 19), ("/sell/adanu/team/", 22)):
        with django_assert_num_queries(queries):
            client.get(url)
