"""What products tell the exporter's dashboard: figures, the ones saved last, things to do."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import slots
from listings.models import Listing, ListingRevision
from listings.selectors.dashboard import list_listing_numbers, list_listing_todos, select_dashboard_products
from tests.listings.factories import make_company, make_listing, make_live_listing, make_member, make_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_member()


def figures(member):
    return [(number.label, number.value, number.note) for number in list_listing_numbers(member=member)]


def saved(listing, *, days_ago):
    ListingRevision.objects.filter(listing=listing).update(updated_at=timezone.now() - timedelta(days=days_ago))


def test_the_figure_says_of_how_many(owner):
    make_revision(make_live_listing(company=owner.company), state="in_review")
    make_live_listing(company=owner.company)
    assert figures(owner) == [("Live products", "2", "")]
    make_listing(company=owner.company, state="draft")
    make_listing(company=owner.company, state="paused")
    make_listing(company=owner.company, state="archived")
    make_live_listing()
    assert figures(owner) == [("Live products", "2", "of 4")]


def test_products_of_a_company_that_buyers_do_not_see_are_not_counted_as_live(owner):
    make_live_listing(company=owner.company)
    owner.company.state = "suspended"
    assert figures(owner) == [("Live products", "0", "of 1")]


def test_the_five_saved_last_stand_on_the_dashboard(owner):
    listings = [make_live_listing(company=owner.company, title=f"Product {number}") for number in range(7)]
    saved(listings[6], days_ago=9)
    saved(listings[0], days_ago=-1)
    make_listing(company=owner.company, state="archived")
    make_live_listing(title="Of somebody else")
    filled = select_dashboard_products(member=owner)
    assert [row.revision.title for row in filled["rows"]] == [
        "Product 0",
        "Product 5",
        "Product 4",
        "Product 3",
        "Product 2",
    ]
    assert filled["total"] == 7


def test_the_panel_shows_both_states_and_leads_to_the_editor(client, owner):
    listing = make_live_listing(company=owner.company)
    make_revision(listing, state="in_review", title="Washed Arabica, new harvest")
    client.force_login(owner.user)
    page = client.get(f"/sell/{owner.company.slug}/").text
    panel = page.split('id="h-products"')[1].split("</section>")[0]
    assert f'href="/sell/{owner.company.slug}/products/{listing.pk}/basics/"' in panel
    assert "Washed Arabica, new harvest" in panel
    assert (
        '<span class="pill ok">Live</span>' in panel,
        '<span class="pill info">Waiting for review</span>' in panel,
    ) == (True, True)
    assert 'All 1<span class="vh"> products</span>' in panel


def test_a_new_firm_reads_its_first_steps_in_the_place_of_empty_panels(client, owner):
    client.force_login(owner.user)
    page = client.get(f"/sell/{owner.company.slug}/").text
    steps = page.split('id="h-first"')[1].split("</section>")[0]
    assert f'href="/sell/{owner.company.slug}/products/new/"' in steps
    assert ('id="h-products"' in page, 'id="h-inquiries"' in page, 'id="h-certificates"' in page) == (False,) * 3


def test_who_took_all_products_away_is_told_how_to_begin_again(client, owner):
    archived = make_live_listing(company=owner.company)
    Listing.objects.filter(pk=archived.pk).update(state="archived")
    client.force_login(owner.user)
    panel = client.get(f"/sell/{owner.company.slug}/").text.split('id="h-products"')[1].split("</section>")[0]
    assert "a name and a picture are enough to begin" in panel
    assert f'href="/sell/{owner.company.slug}/products/new/"' in panel


def test_a_viewer_gets_no_button(client, owner):
    viewer = make_member(company=owner.company, role="viewer")
    client.force_login(viewer.user)
    assert "/products/new/" not in client.get(f"/sell/{owner.company.slug}/").text


def test_changes_come_before_unfinished_products(owner):
    make_listing(company=owner.company, state="draft", title="Peaberry")
    make_revision(make_live_listing(company=owner.company), state="changes", title="Chocolate", note="Show the label.")
    todos = sorted(list_listing_todos(member=owner), key=lambda todo: todo.urgency)
    assert [(todo.title, todo.text) for todo in todos] == [
        ("Change “Chocolate”", "Show the label."),
        ("Finish “Peaberry”", "This version was never sent to the agency. Buyers cannot see it."),
    ]


def test_the_panel_keeps_its_query_budget(owner, django_assert_num_queries):
    (filling,) = [one for one in slots.list_fillings() if one.template == "listings/slots/dashboard_products.html"]
    for _ in range(8):
        make_revision(make_live_listing(company=owner.company))
    with django_assert_num_queries(filling.queries):
        filling.select(member=owner)


def test_the_dashboard_costs_the_same_with_six_and_with_thirty_products(client, owner, django_assert_num_queries):
    for _ in range(6):
        make_live_listing(company=owner.company)
    client.force_login(owner.user)
    url = f"/sell/{owner.company.slug}/"
    client.get(url)
    with django_assert_num_queries(48):
        client.get(url)
    for _ in range(24):
        make_revision(make_live_listing(company=owner.company))
    with django_assert_num_queries(48):
        client.get(url)
    assert Listing.objects.filter(company=owner.company).count() == 30


def test_strangers_find_no_dashboard(client):
    stranger, company = make_member(), make_company()
    client.force_login(stranger.user)
    assert client.get(f"/sell/{company.slug}/").status_code == 404
