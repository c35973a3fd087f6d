"""Officers draft for a firm that the agency entered; the firm takes over, looks through it and sends it itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import NotAllowed
from core.models import AuditEntry
from listings.services.submission import submit_revision
from storefronts.adapters.member_files import read_member_file
from storefronts.choices import CompanyState
from storefronts.exceptions import AlreadyConfirmed, FirmNotConfirmed
from storefronts.models import Company, Invitation, Member
from storefronts.selectors.members import hash_token
from storefronts.selectors.members_import import list_unconfirmed
from storefronts.services.agency import draft_for_firm
from storefronts.services.companies import submit_company
from storefronts.services.members import claim_company, import_members, make_claim_codes
from storefronts.services.team import accept_invitation, leave_company
from tests.listings.editor_input import text, version
from tests.listings.factories import add_picture, make_category, make_officer, make_user
from tests.moderation.test_races import run_together

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def firm(officer):
    rows = read_member_file(b"Company;Country;City;E-mail\nKpando Potters;Ghana;Kpando;potters@firm.example\n")
    import_members(officer=officer, rows=rows)
    return Company.objects.get()


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def draft_product(client, firm, **fields):
    values = {"title": "Cooking pot", "language": "en", "category": make_category().pk, "unit": "piece"} | fields
    response = client.post(reverse("products:new", args=[firm.slug]), values)
    assert response.status_code == 302
    return firm.listings.get()


def take_over(firm, officer):
    ((_firm, code),) = make_claim_codes(officer=officer, company_ids=[firm.pk])
    return claim_company(user=make_user(), code=code)


def test_an_officer_drafts_a_product_from_the_list_of_firms(desk, firm, officer):
    page = text(desk.get(reverse("admin:members_unconfirmed")))
    assert "Draft for it" in page
    response = desk.post(reverse("admin:members_unconfirmed"), {"draft": str(firm.pk)})
    assert response["Location"] == reverse("storefronts:dashboard", args=[firm.slug])
    assert "You draft for this firm as the agency" in text(desk.get(response["Location"]))
    listing = draft_product(desk, firm)
    assert listing.revisions.get().updated_by == officer
    entry = AuditEntry.objects.get(action="listings.created")
    assert entry.actor_id == officer.pk
    assert list_unconfirmed().get() == firm


def test_an_officer_sends_nothing_for_the_firm(desk, firm, officer):
    seat = draft_for_firm(officer=officer, company_id=firm.pk)
    listing = draft_product(desk, firm)
    revision = listing.revisions.get()
    revision.origin_country = "GH"
    revision.save()
    add_picture(revision)
    with pytest.raises(FirmNotConfirmed):
        submit_revision(member=seat, listing_id=listing.pk)
    with pytest.raises(FirmNotConfirmed):
        submit_company(member=seat)
    review = desk.post(reverse("products:edit", args=[firm.slug, listing.pk, "review"]), {"act": "submit"})
    assert "The firm sends it, once it has confirmed its entry." in text(review)
    firm.refresh_from_db()
    assert (listing.revisions.get().state, firm.state) == ("draft", CompanyState.DRAFT)


def test_the_firm_takes_over_and_the_officer_leaves(desk, client, firm, officer):
    draft_for_firm(officer=officer, company_id=firm.pk)
    listing = draft_product(desk, firm)
    owner = take_over(firm, officer)
    assert list(firm.members.all()) == [owner]
    assert desk.get(reverse("products:list", args=[firm.slug])).status_code == 404
    client.force_login(owner.user)
    dashboard = text(client.get(reverse("storefronts:dashboard", args=[firm.slug])))
    assert "Look through “Cooking pot”" in dashboard
    editor = text(client.get(reverse("products:edit", args=[firm.slug, listing.pk, "basics"])))
    assert "The agency entered this for you" in editor
    client.post(
        reverse("products:edit", args=[firm.slug, listing.pk, "basics"]),
        {"title": "Black cooking pot", "language": "en", "version": version(listing)},
    )
    editor = text(client.get(reverse("products:edit", args=[firm.slug, listing.pk, "basics"])))
    assert "The agency entered this for you" not in editor


def invite_person(firm, officer):
    person = make_user("potters@firm.example")
    Invitation.objects.create(
        company=firm, email=person.email, role="owner", token_hash=hash_token(token="t"), invited_by=officer,
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    return person


def test_the_officer_leaves_when_the_invited_person_comes(firm, officer):
    draft_for_firm(officer=officer, company_id=firm.pk)
    member = accept_invitation(token="t", user=invite_person(firm, officer))
    assert list(firm.members.all()) == [member]


def test_an_officer_who_drafts_leaves_a_firm_that_nobody_owns(firm, officer):
    leave_company(member=draft_for_firm(officer=officer, company_id=firm.pk))
    assert firm.members.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(4))
def test_an_officer_who_begins_while_the_firm_confirms_has_no_seat_afterwards(firm, officer, round_):
    person = invite_person(firm, officer)
    drafted, accepted = run_together(
        lambda: draft_for_firm(officer=officer, company_id=firm.pk), lambda: accept_invitation(token="t", user=person)
    )
    assert (drafted in {None, AlreadyConfirmed}, accepted) == (True, None)
    assert [(member.user, member.is_agency) for member in firm.members.all()] == [(person, False)]


def test_nobody_drafts_once_the_firm_has_confirmed(desk, firm, officer):
    take_over(firm, officer)
    with pytest.raises(AlreadyConfirmed):
        draft_for_firm(officer=officer, company_id=firm.pk)
    response = desk.post(reverse("admin:members_unconfirmed"), {"draft": str(firm.pk)}, follow=True)
    assert "Somebody of this firm has confirmed it already." in text(response)
    assert desk.post(reverse("admin:members_unconfirmed"), {"draft": "x"}).status_code == 302
    assert Member.objects.filter(is_agency=True).count() == 0


def test_only_officers_draft_and_twice_is_once(firm, officer):
    with pytest.raises(NotAllowed):
        draft_for_firm(officer=make_user(), company_id=firm.pk)
    first, second = (draft_for_firm(officer=officer, company_id=firm.pk) for _ in range(2))
    assert first == second
    assert AuditEntry.objects.filter(action="storefronts.agency_drafts").count() == 1


def test_a_company_that_opened_itself_is_nobody_to_draft_for(officer):
    company = Company.objects.create(slug="own", legal_name="Own", kind="maker", country="GH")
    with pytest.raises(AlreadyConfirmed):
        draft_for_firm(officer=officer, company_id=company.pk)
