"""The search index: words, codes, filters, sort orders, and following the changes."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listings.choices import ListingState
from listings.models import Listing, SearchChange
from listings.rules.searching import Match, Query, Sort
from listings.search.index import CatalogueNotReady, find_folder, read_position, root, write_position
from listings.search.indexer import apply_changes, forget_old_changes, make_ready, rebuild
from listings.search.query import count_without_each, search
from listings.search.suggest import mend
from listings.services.changes import note_change, note_company_change
from reference.models import FxRate
from tests.listings.factories import make_category, make_company, make_listing
from tests.listings.settling import wait_until_settled

pytestmark = pytest.mark.django_db


def find(text="", **filters):
    """Titles of what is found, in order."""
    ids = search(query=Query(text=text, **filters)).ids
    titles = dict(Listing.objects.filter(pk__in=ids).values_list("pk", "live_revision__title"))
    return [titles[pk] for pk in ids]


@pytest.fixture
def shop():
    """Six listings that differ in words, codes, units, prices and makers; a euro is 1.25 dollars."""
    FxRate.objects.create(day=timezone.localdate(), base="EUR", quote="USD", units=Decimal("1.25"), source="test")
    ghana = make_company(legal_name="Adanu Growers Union")
    kenya = make_company(
        legal_name="Rift Weavers", country="KE", city="Nakuru", verified_until=timezone.localdate() - timedelta(days=1)
    )
    baskets = make_category("baskets", "Baskets", branch_slug="crafts-and-gifts", branch_name="Crafts and gifts")
    make_listing(company=ghana, title="Washed Arabica green coffee", minimum_order=60, lead_time_days=18)
    make_listing(company=ghana, title="Café torréfié en grains", description="Torréfaction lente.", language="fr", summary="", hs_code="090121",
                 minimum_order=600, lead_time_days=8, currency="EUR", sample_offered=False)  # fmt: skip
    make_listing(company=kenya, title="Bolga market basket", description="Woven of elephant grass.", summary="", category=baskets, hs_code="460219",
                 origin_country="KE", origin_region="", unit="piece", minimum_order=80, breaks=((80, "12.50"), (400, "8.90")), lead_time_days=25)  # fmt: skip
    make_listing(
        company=kenya,
        title="قهوة عربية خضراء",
        description="حبوب مغسولة",
        summary="",
        language="ar",
        minimum_order=2,
        unit="t",
        lead_time_days=None,
    )
    make_listing(
        company=ghana, title="Secret blend", price_visibility="on_request", breaks=((1, "777.77"),), minimum_order=1
    )
    make_listing(
        company=ghana,
        title="Member blend",
        price_visibility="confirmed",
        breaks=((1, "888.88"),),
        minimum_order=None,
        hs_code="",
    )
    rebuild()


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("arabica", {"Washed Arabica green coffee"}),
        ("BASKETS", {"Bolga market basket"}),
        ("cafe torrefie", {"Café torréfié en grains"}),
        ("قهوة", {"قهوة عربية خضراء", "Washed Arabica green coffee", "Café torréfié en grains"}),
        ("القهوة", {"قهوة عربية خضراء", "Washed Arabica green coffee", "Café torréfié en grains"}),
        ("خضراء عربية", {"قهوة عربية خضراء"}),
        ('"arabica green" washed', {"Washed Arabica green coffee"}),
        ('"market basket"', {"Bolga market basket"}),
        ('"basket market"', set()),
        ("0901.21", {"Café torréfié en grains"}),
        ("HS 0901.21", {"Café torréfié en grains"}),
        ("090121", {"Café torréfié en grains"}),
        ("0901.21.00", {"Café torréfié en grains"}),
        ("4602", {"Bolga market basket"}),
        ("rift weavers", {"Bolga market basket", "قهوة عربية خضراء"}),
        ("basket from kenya", {"Bolga market basket"}),
        ("crafts", {"Bolga market basket"}),
        ("elephant-grass", {"Bolga market basket"}),
        ("zzzzz", set()),
        ("?!", set()),
    ],
)
def test_words_codes_and_phrases_find_what_holds_them(shop, text, titles):
    assert set(find(text)) == titles


def test_a_word_in_the_name_counts_more_than_one_in_the_text():
    make_listing(title="Robusta beans", description="Also fit for soap.")
    make_listing(title="Soap bars", description="Shea.")
    rebuild()

    assert find("soap") == ["Soap bars", "Robusta beans"]


def test_all_words_must_occur_unless_no_listing_has_them_all(shop):
    result = search(query=Query(text="washed elephant"))

    assert result.match is Match.SOME
    assert set(find("washed elephant")) == {
        "Washed Arabica green coffee",
        "Bolga market basket",
        "Secret blend",
        "Member blend",
    }
    assert search(query=Query(text="washed green")).match is Match.ALL


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"country": ("KE",)}, {"Bolga market basket"}),
        ({"country": ("KE", "GH"), "category": ("baskets",)}, {"Bolga market basket"}),
        ({"category": ("crafts-and-gifts",)}, {"Bolga market basket"}),
        ({"scope": "crafts-and-gifts"}, {"Bolga market basket"}),
        ({"verified": True, "priced": True}, {"Washed Arabica green coffee", "Café torréfié en grains"}),
        ({"moq": ("kg-500",)}, {"Washed Arabica green coffee", "Secret blend"}),
        ({"moq": ("kg-5000",), "lead": ("10",)}, {"Café torréfié en grains"}),
        ({"moq": ("piece-100",)}, {"Bolga market basket"}),
        ({"lead": ("10", "30"), "country": ("KE",)}, {"Bolga market basket"}),
        ({"sample": True, "country": ("KE",), "lead": ("30",)}, {"Bolga market basket"}),
        ({"priced": True, "country": ("GH",), "sample": False, "lead": ("10",)}, {"Café torréfié en grains"}),
        ({"currency": "USD", "price_min": Decimal("8.00")}, {"Bolga market basket"}),
        ({"currency": "EUR", "price_min": Decimal("7.00"), "price_max": Decimal("7.12")}, {"Bolga market basket"}),
        ({"currency": "USD", "price_max": Decimal("5.60"), "lead": ("20",)}, {"Washed Arabica green coffee"}),
        ({"currency": "USD", "price_min": Decimal(700)}, set()),
    ],
)
def test_filters_add_up_and_values_of_one_filter_are_alternatives(shop, filters, titles):
    assert set(find(**filters)) == titles


def test_sort_orders_put_the_unknown_last(shop):
    assert find(sort=Sort.FASTEST)[0] == "Café torréfié en grains"
    assert find(sort=Sort.FASTEST)[-1] == "قهوة عربية خضراء"
    assert find(sort=Sort.SMALLEST_ORDER)[0] == "Secret blend"
    assert find(sort=Sort.SMALLEST_ORDER)[-1] == "Member blend"
    newest = Listing.objects.live().order_by("-first_live_at").values_list("live_revision__title", flat=True)
    assert find(sort=Sort.NEWEST) == list(newest)
    prices = find(sort=Sort.LOWEST_PRICE)
    assert prices[:3] == ["Washed Arabica green coffee", "قهوة عربية خضراء", "Café torréfié en grains"]
    assert prices[3] == "Bolga market basket"


def test_an_empty_result_names_the_filters_that_stand_in_the_way(shop):
    query = Query(text="basket", country=("GH",), lead=("30",))

    assert search(query=query).total == 0
    assert count_without_each(query=query) == {"country": 1}


def test_a_misspelt_word_is_mended_from_the_names_of_products(shop):
    assert mend(text="arabika") == "arabica"
    assert mend(text="baskte") == "basket"
    assert mend(text="arabica") == ""


def test_a_page_behind_the_last_is_the_last(shop):
    result = search(query=Query(page=1_000_000, page_size=4))

    assert (result.page, result.total, len(result.ids)) == (2, 6, 2)


def test_pages_hold_every_listing_once(shop):
    pages = [search(query=Query(page=number, page_size=2)).ids for number in (1, 2, 3)]

    assert len({pk for page in pages for pk in page}) == 6


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80) | st.text(alphabet='"“”«»()[]{}:^~*?\\/+-!&|<>.0123456789 aAND', max_size=60))
def test_nothing_typed_can_raise(shop, text):
    result = search(query=Query(text=text))

    assert 0 <= result.total <= 6
    assert isinstance(mend(text=text), str)


def test_a_hidden_price_is_nowhere_in_the_index(shop):
    assert find("777.77") == find("888.88") == []
    assert search(query=Query()).facets["priced"] == {"yes": 4}
    assert set(find(priced=True, sort=Sort.LOWEST_PRICE)).isdisjoint({"Secret blend", "Member blend"})


def test_without_an_index_the_catalogue_is_not_ready_and_the_indexer_builds_it():
    make_listing(title="Honey")

    with pytest.raises(CatalogueNotReady):
        search(query=Query())
    assert make_ready() is True
    assert make_ready() is False
    assert find("honey") == ["Honey"]


def test_an_index_of_an_older_schema_or_without_its_files_is_built_again(shop):
    (root() / "current.json").write_text(json.dumps({"schema": 0, "folder": find_folder().name}))
    assert make_ready() is True
    (find_folder() / "meta.json").write_text("{broken")
    with pytest.raises(CatalogueNotReady):
        search(query=Query())
    assert make_ready() is True
    assert search(query=Query()).total == 6


def test_an_index_that_slept_longer_than_changes_live_is_built_again(shop):
    position = read_position(find_folder())
    write_position(
        find_folder(), type(position)(position.transaction_id, position.change_id, position.synced_at - 8 * 86_400)
    )

    assert make_ready() is True
    assert make_ready() is False


@pytest.mark.django_db(transaction=True)
def test_changes_reach_the_index_and_what_is_withdrawn_leaves_it():
    company = make_company()
    listing, other = make_listing(company=company, title="Honey"), make_listing(company=company, title="Wax")
    rebuild()
    listing.live_revision.title = "Forest honey"
    listing.live_revision.save()
    note_change(listing_id=listing.pk)
    other.state = ListingState.PAUSED
    other.save()
    note_change(listing_id=other.pk)

    wait_until_settled()
    assert apply_changes() == 2
    assert find() == ["Forest honey"]
    assert apply_changes() == 0


@pytest.mark.django_db(transaction=True)
def test_a_change_of_the_company_reaches_all_its_listings():
    company = make_company(legal_name="Old name")
    make_listing(company=company, title="Honey")
    make_listing(company=company, state=ListingState.DRAFT)
    rebuild()
    company.legal_name = "Brand new cooperative"
    company.save()
    note_company_change(company_id=company.pk)

    wait_until_settled()
    assert apply_changes() == 1
    assert find("brand new cooperative") == ["Honey"]


@pytest.mark.django_db(transaction=True)
def test_changes_older_than_a_week_are_forgotten():
    note_change(listing_id=1)
    SearchChange.objects.update(changed_at=timezone.now() - timedelta(days=8))
    note_change(listing_id=2)

    assert forget_old_changes() == 1
    assert list(SearchChange.objects.values_list("listing_id", flat=True)) == [2]


@pytest.mark.parametrize("ahead", [{"transaction_id": 2**50}, {"change_id": 2**40}])
def test_an_index_of_another_database_is_built_again(ahead):
    listing = make_listing(title="Honey")
    rebuild()
    note_change(listing_id=listing.pk)
    assert make_ready() is False
    write_position(find_folder(), replace(read_position(find_folder()), **ahead))
    assert make_ready() is True
