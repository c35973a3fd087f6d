"""A member who edits, an officer, and a product that waits for one."""

import pytest

from listings.choices import ListingState
from listings.services.submission import submit_revision
from tests.listings.factories import make_listing, make_member, make_officer


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def submitted(member):
    """A first revision that waits for an officer."""
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    submit_revision(member=member, listing_id=listing.pk)
    return listing
