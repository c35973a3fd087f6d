"""A product and its company, or two tabs, at the same instant: what buyers see is right whoever comes first."""

import pytest

from core.errors import StaleEdit
from listings.choices import ListingState
from listings.exceptions import ArticleNumberTaken
from listings.models import Variant
from listings.rules.variants import VariantFacts
from listings.services.decisions import decide_revision
from listings.services.depth import save_variants
from listings.services.drafts import save_basics
from listings.services.submission import submit_revision
from moderation.models import Case
from moderation.rules import Ruling
from storefronts.services import suspend_company
from tests.listings.editor_input import version
from tests.listings.factories import make_listing, make_member, make_officer
from tests.moderation.test_races import run_together

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_picture_is_public_when_the_company_is_suspended_during_an_approval():
    member, officer, other = make_member(), make_officer(), make_officer()
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    submit_revision(member=member, listing_id=listing.pk)
    refusals = run_together(
        lambda: decide_revision(case=Case.objects.get(), officer=officer, ruling=Ruling("approve")),
        lambda: suspend_company(company_id=member.company_id, officer=other, reason="Forged papers"),
    )
    assert refusals == [None, None]
    assert listing.revisions.get().pictures.get().upload.is_public is False


def test_of_two_tabs_one_saves_and_the_other_learns_it():
    member = make_member()
    listing = make_listing(company=member.company)
    known = version(listing)
    refusals = run_together(
        *[lambda: save_basics(member=member, listing_id=listing.pk, version=known, values={"title": "Honey"})] * 2
    )
    assert sorted(refusals, key=str) == [StaleEdit, None]
    assert listing.revisions.count() == 2


def test_of_two_products_one_takes_an_article_number_and_the_other_learns_it():
    member = make_member()
    first, second = (make_listing(company=member.company, state=ListingState.DRAFT) for _ in range(2))
    known = {listing.pk: version(listing) for listing in (first, second)}

    def take(listing):
        return lambda: save_variants(
            member=member, listing_id=listing.pk, version=known[listing.pk], variants=[VariantFacts("Jar", "A-1")]
        )

    refusals = run_together(take(first), take(second))
    assert sorted(refusals, key=str) == [ArticleNumberTaken, None]
    assert Variant.objects.get().article_number == "A-1"
