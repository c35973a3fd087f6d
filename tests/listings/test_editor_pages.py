"""The editor through the client: steps, autosave, two tabs, submission, who may do what."""

import pytest
from django.urls import reverse

from listings.choices import ListingState
from listings.models import Listing
from listings.services.submission import submit_revision
from moderation.models import Case, Decision
from storefronts.choices import Role
from tests.listings.editor_input import basics, text, url, version
from tests.listings.factories import add_picture, make_listing, make_member, make_officer, make_user

pytestmark = pytest.mark.django_db
STEPS = ("basics", "pictures", "delivery", "packing", "review")


@pytest.fixture
def client(client, member):
    client.force_login(member.user)
    return client


@pytest.fixture
def draft(member):
    return make_listing(company=member.company, state=ListingState.DRAFT)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "state", [ListingState.DRAFT, ListingState.LIVE, ListingState.SUSPENDED, ListingState.ARCHIVED]
)
def test_every_step_opens_in_every_state(client, member, step, state):
    listing = make_listing(company=member.company, state=state)
    response = client.get(url(listing, step))
    assert response.status_code == 200
    assert text(response).count("<h1") == 1


def test_a_product_is_begun_with_its_name(client, member):
    response = client.post(reverse("products:new", args=[member.company.slug]), basics(title="  Natural   coffee "))
    listing = Listing.objects.get()
    assert response.url == url(listing, "pictures")
    assert listing.revisions.get().title == "Natural coffee"


def test_without_a_name_no_draft_is_left_behind(client, member):
    response = client.post(reverse("products:new", args=[member.company.slug]), basics(title="", summary="Kept words"))
    assert response.status_code == 422
    assert "Give the product a name." in text(response)
    assert "<title>Error:" in text(response)
    assert "Kept words" in text(response)
    assert Listing.objects.count() == 0


def test_a_step_is_saved_and_leads_to_the_next(client, draft):
    response = client.post(url(draft), basics(draft, then="next"))
    assert response.url == url(draft, "pictures")
    assert draft.revisions.get().title == "Natural coffee"


@pytest.mark.parametrize("step", STEPS[:4])
def test_the_save_bar_says_where_each_button_leads(client, draft, step):
    body = text(client.get(url(draft, step)))
    assert 'name="then" value="leave"' in body
    assert 'name="then" value="next"' in body


def test_save_and_leave_leads_to_the_list(client, draft):
    response = client.post(url(draft), basics(draft, then="leave"))
    assert response.url == reverse("products:list", args=[draft.company.slug])


def test_enter_saves_and_stays(client, draft):
    assert client.post(url(draft), basics(draft)).url == url(draft)


def test_an_autosave_answers_with_the_new_version(client, draft):
    response = client.post(url(draft), basics(draft, title="Saved by itself"), headers={"X-Autosave": "1"})
    assert (response.status_code, response.json()) == (200, {"state": "saved"})
    assert response.headers["X-Version"] == version(draft)
    assert draft.revisions.get().title == "Saved by itself"


def test_an_autosave_of_an_invalid_step_saves_nothing(client, draft):
    response = client.post(url(draft), basics(draft, title=""), headers={"X-Autosave": "1"})
    assert (response.status_code, response.json()) == (422, {"state": "invalid"})
    assert draft.revisions.get().title == "Washed Arabica green coffee"


def test_a_second_tab_is_told_and_keeps_its_words(client, draft):
    stale = version(draft)
    client.post(url(draft), basics(draft, title="First tab"))
    response = client.post(url(draft), basics(draft, title="Second tab", version=stale))
    assert response.status_code == 409
    assert "This was changed in another window" in text(response)
    assert 'value="Second tab"' in text(response)
    assert f'value="{version(draft)}"' in text(response)
    assert draft.revisions.get().title == "First tab"


def test_a_double_submit_makes_one_case(client, draft):
    for _ in range(2):
        response = client.post(url(draft, "review"), {"act": "submit"})
        assert response.url == reverse("products:list", args=[draft.company.slug])
    assert Case.objects.count() == 1


def test_what_is_missing_is_said_with_links(client, member):
    listing = make_listing(company=member.company, state=ListingState.DRAFT, pictures=0, unit="", hs_code="")
    response = client.post(url(listing, "review"), {"act": "submit"})
    body = text(response)
    assert response.status_code == 422
    assert 'href="#missing-picture"' in body
    assert 'href="#missing-unit"' in body
    assert 'id="missing-unit"' in body
    assert Case.objects.count() == 0


def test_while_an_officer_looks_the_editor_only_reads(client, member, draft):
    submit_revision(member=member, listing_id=draft.pk)
    page = text(client.get(url(draft)))
    assert "Withdraw to edit" in page
    assert '<fieldset class="stack gap-5" disabled>' in page
    response = client.post(url(draft), basics(draft, title="Changed"))
    assert response.status_code == 409
    assert "An officer is checking this product. Withdraw it to change it." in text(response)
    assert draft.revisions.get().title == "Washed Arabica green coffee"


def test_a_withdrawn_product_can_be_edited_again(client, member, draft):
    submit_revision(member=member, listing_id=draft.pk)
    assert client.post(url(draft, "review"), {"act": "withdraw"}).url == url(draft)
    assert draft.revisions.get().state == "draft"


def test_the_agencys_note_stands_on_top(client, member, draft):
    submit_revision(member=member, listing_id=draft.pk)
    Decision.objects.create(
        case=Case.objects.get(),
        officer=make_officer(),
        outcome="changes",
        note="Show the back label.",
        undo_until="2026-01-01T00:00Z",
    )
    draft.revisions.update(state="changes")
    assert "Show the back label." in text(client.get(url(draft)))


@pytest.mark.parametrize("step", STEPS)
def test_a_viewer_reads_but_does_not_write(client, member, draft, step):
    viewer = make_member(company=member.company, role=Role.VIEWER)
    client.force_login(viewer.user)
    assert client.get(url(draft, step)).status_code == 200
    assert client.post(url(draft, step), basics(draft)).status_code == 403
    assert draft.revisions.get().title == "Washed Arabica green coffee"


def test_a_viewer_creates_nothing(client, member):
    client.force_login(make_member(company=member.company, role=Role.VIEWER).user)
    assert client.post(reverse("products:new", args=[member.company.slug]), basics()).status_code == 403
    assert Listing.objects.count() == 0


@pytest.mark.parametrize("step", [*STEPS, "nonsense"])
def test_a_stranger_learns_nothing(client, draft, step):
    client.force_login(make_user())
    real = client.get(url(draft, step))
    made_up = client.get(reverse("products:edit", args=[draft.company.slug, 999_999, step]))
    assert (real.status_code, made_up.status_code) == (404, 404)
    assert "Arabica" not in text(real)


def test_a_member_of_another_company_does_not_reach_it_through_their_own(client, draft):
    other = make_member()
    client.force_login(other.user)
    address = reverse("products:edit", args=[other.company.slug, draft.pk, "basics"])
    assert client.get(address).status_code == 404
    assert client.post(address, basics(draft)).status_code == 404
    assert draft.revisions.get().title == "Washed Arabica green coffee"


def test_who_is_not_signed_in_is_asked_to(client, draft):
    client.logout()
    response = client.get(url(draft))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("step", "queries"), [("basics", 25), ("pictures", 23), ("delivery", 24), ("packing", 23), ("review", 28)]
)
def test_a_step_costs_a_fixed_number_of_queries(client, draft, django_assert_num_queries, step, queries):
    revision = draft.revisions.get()
    for position in range(2, 8):
        add_picture(revision, position=position)
    client.get(url(draft, step))
    with django_assert_num_queries(queries):
        client.get(url(draft, step))


def test_a_second_click_begins_no_second_product(client, member):
    address = reverse("products:new", args=[member.company.slug])
    first, second = client.post(address, basics()), client.post(address, basics())
    assert (first.url, Listing.objects.count()) == (second.url, 1)
    client.post(address, basics(title="Washed coffee"))
    assert Listing.objects.count() == 2


@pytest.mark.parametrize(
    ("visibility", "words"),
    [("on_request", "Price on request"), ("confirmed", "Sign in to see the price"), ("public", "")],
)
def test_the_preview_shows_what_a_buyer_sees(client, member, visibility, words):
    listing = make_listing(company=member.company, state=ListingState.DRAFT, price_visibility=visibility)
    card = client.get(url(listing, "basics")).context["card"]
    assert (card.price_note, bool(card.price)) == (words, visibility == "public")
