"""What stands beside the basics is found: other languages and variants in the search, every language by the lint and on cards."""

import pytest

from listings.models import AttributeValue, ListingText, Variant, VariantPrice
from listings.rules.searching import Query
from listings.search.indexer import rebuild
from listings.search.query import search
from listings.selectors.cards import list_cards
from listings.selectors.changes import judge_revision
from listings.selectors.lint import lint_revision
from listings.selectors.published import get_published
from reference.models import Attribute
from tests.listings.factories import make_listing, make_revision, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    listing = make_listing(title="Washed coffee")
    revision = listing.live_revision
    ListingText.objects.create(
        revision=revision, language="fr", origin="human", title="Huile de baobab", summary="Pressée à froid",
        description="Appelez +233 30 200 0000",
    )  # fmt: skip
    sack = Variant.objects.create(
        revision=revision, position=1, name="Sack", article_number="ZX-77", gtin="4006381333931"
    )
    VariantPrice.objects.create(variant=sack, minimum_quantity=60, unit_price="3.21")
    return listing


@pytest.mark.parametrize("words", ["huile baobab", "pressée", "ZX-77", "4006381333931", "washed coffee"])
@pytest.mark.django_db(transaction=True)
def test_a_product_is_found_by_every_language_and_by_its_variants_numbers(listing, words):
    rebuild()
    assert search(query=Query(text=words)).ids == (listing.pk,)


def test_a_card_speaks_the_readers_language_and_counts_the_variants_prices(listing):
    user = make_user()
    (french,) = list_cards(ids=[listing.pk], user=user, language="fr")
    (english,) = list_cards(ids=[listing.pk], user=user, language="en")
    assert (french.title, french.language, english.title) == ("Huile de baobab", "", "Washed coffee")
    assert english.price.startswith("$3.21")


def test_the_lint_reads_every_language(listing):
    assert ("text-fr", "+233 30 200 0000") in [
        (hit.field, hit.found) for hit in lint_revision(revision=listing.live_revision)
    ]


def test_the_interface_gives_the_range_of_all_prices(listing):
    assert str(get_published(pk=listing.pk).price.lowest) == "3.2100"


def test_the_lint_reads_small_texts_and_blocks_bank_details_there(listing):
    revision = listing.live_revision
    revision.customisation_note = "Pay to IBAN DE89370400440532013000"
    found = [(hit.field, hit.rule.act, hit.found) for hit in lint_revision(revision=revision) if hit.field == "details"]
    assert found == [("details", "block", "DE89370400440532013000")]


def test_a_claim_in_a_small_text_waits_for_an_officer(listing):
    revision = make_revision(listing, state="draft")
    asked = Attribute.objects.get(category__slug="coffee-tea-and-cocoa", key="variety")
    AttributeValue.objects.create(revision=revision, attribute=asked, text="Fairtrade certified Typica")
    assert "claims" in [change.kind for change in judge_revision(revision=revision).changes if change.waits]
