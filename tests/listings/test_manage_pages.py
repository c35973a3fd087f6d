"""The list of products, its buttons, and what the dashboard and the files' door learn from listings."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from listings.choices import ListingState, RevisionState
from listings.models import Listing
from listings.selectors.dashboard import list_listing_numbers, list_listing_todos
from listings.services.submission import submit_revision
from storefronts.choices import Role
from tests.listings.factories import add_picture, make_listing, make_member, make_officer, make_revision, make_user
from uploads.selectors import is_readable_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client, member):
    client.force_login(member.user)
    return client


def index(member, show=""):
    return reverse("products:list", args=[member.company.slug]) + (f"?show={show}" if show else "")


def act(client, listing, name):
    return client.post(reverse("products:act", args=[listing.company.slug, listing.pk]), {"act": name})


def text(response):
    return response.content.decode()


def test_a_new_company_is_led_to_its_first_product(client, member):
    body = text(client.get(index(member)))
    assert "No products yet" in body
    assert reverse("products:new", args=[member.company.slug]) in body


def test_both_states_stand_beside_each_other(client, member):
    listing = make_listing(company=member.company)
    make_revision(listing, state=RevisionState.CHANGES_ASKED, title="New name")
    body = text(client.get(index(member)))
    assert '<span class="pill ok">Live</span>' in body
    assert '<span class="pill warn">Changes asked for</span>' in body
    assert "New name" in body


def test_the_list_is_narrowed_by_state(client, member):
    make_listing(company=member.company, title="Shea butter")
    make_listing(company=member.company, state=ListingState.PAUSED, title="Bolga basket")
    make_listing(company=member.company, state=ListingState.ARCHIVED, title="Old soap")
    everything, paused, archived = (text(client.get(index(member, show))) for show in ("", "paused", "archived"))
    assert ("Shea butter" in everything, "Bolga basket" in everything, "Old soap" in everything) == (True, True, False)
    assert ("Shea butter" in paused, "Bolga basket" in paused) == (False, True)
    assert "Old soap" in archived


def test_another_companys_products_are_not_listed(client, member):
    make_listing(title="Foreign honey")
    assert "Foreign honey" not in text(client.get(index(member)))


@pytest.mark.parametrize(
    ("state", "name", "after"),
    [
        ("live", "pause", "paused"),
        ("paused", "resume", "live"),
        ("draft", "archive", "archived"),
        ("archived", "restore", "paused"),
    ],
)
def test_a_button_changes_the_state(client, member, state, name, after):
    listing = make_listing(company=member.company, state=state)
    assert act(client, listing, name).url == index(member)
    listing.refresh_from_db()
    assert listing.state == after


def test_a_button_that_no_longer_fits_is_explained(client, member):
    listing = make_listing(company=member.company, state=ListingState.PAUSED)
    response = act(client, listing, "pause")
    assert response.status_code == 409
    assert "Load the page again." in text(response)


@pytest.mark.parametrize("name", ["suspend", "reinstate", "", "explode"])
def test_an_unknown_act_is_not_found(client, member, name):
    listing = make_listing(company=member.company)
    assert act(client, listing, name).status_code == 404
    listing.refresh_from_db()
    assert listing.state == "live"


def test_a_viewer_sees_the_list_without_buttons(client, member):
    listing = make_listing(company=member.company)
    client.force_login(make_member(company=member.company, role=Role.VIEWER).user)
    body = text(client.get(index(member)))
    assert listing.live_revision.title in body
    assert 'value="pause"' not in body
    assert "Add a product" not in body
    assert act(client, listing, "pause").status_code == 403
    assert Listing.objects.get().state == "live"


def test_a_stranger_sees_neither_list_nor_button(client, member):
    listing = make_listing(company=member.company)
    client.force_login(make_user())
    assert client.get(index(member)).status_code == 404
    assert act(client, listing, "pause").status_code == 404
    assert Listing.objects.get().state == "live"


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_costs_a_fixed_number_of_queries(client, member, django_assert_num_queries, number):
    for _ in range(number):
        make_revision(make_listing(company=member.company, pictures=2), pictures=2)
    client.get(index(member))
    with django_assert_num_queries(17):
        client.get(index(member))


def test_the_dashboard_hears_what_waits_for_the_exporter(member):
    asked = make_listing(company=member.company)
    make_revision(asked, state=RevisionState.CHANGES_ASKED, title="Asked", note="Show the label.")
    broken = make_listing(company=member.company, state=ListingState.DRAFT, title="Broken")
    add_picture(broken.revisions.get(), position=2, state="failed")
    make_listing(company=member.company, state=ListingState.ARCHIVED)
    todos = [(todo.urgency, todo.title, todo.text) for todo in list_listing_todos(member=member)]
    assert todos == [
        (1, "Change “Asked”", "Show the label."),
        (2, "A picture of “Broken” could not be read", "Send it again or remove it. Everything else is kept."),
        (5, "Finish “Broken”", "This version was never sent to the agency. Buyers cannot see it."),
    ]


def test_the_dashboard_counts_live_products_and_of_how_many(member):
    make_listing(company=member.company)
    waiting = make_listing(company=member.company, state=ListingState.DRAFT)
    submit_revision(member=member, listing_id=waiting.pk)
    make_listing(company=member.company, state=ListingState.ARCHIVED)
    (number,) = list_listing_numbers(member=member)
    assert (number.label, number.value, number.note) == ("Live products", "1", "of 2")


def test_only_members_and_officers_see_a_picture_before_it_is_public(member):
    upload = make_listing(company=member.company, state=ListingState.DRAFT).revisions.get().pictures.get().upload
    viewer = make_member(company=member.company, role=Role.VIEWER).user
    people = [member.user, viewer, make_officer(), make_user(), make_member().user, AnonymousUser()]
    assert [is_readable_by(user=person, upload=upload) for person in people] == [True, True, True, False, False, False]
