"""The whole stock once for all tests of this folder."""

import pytest

from listings.search.indexer import rebuild
from tests.search.stock import plant_stock


@pytest.fixture
def stock(db):
    """The demo's live listings and 2,000 invented ones, indexed; what is known of each by its id."""
    products = plant_stock()
    rebuild()
    return products
