"""The large grid of `make test-full`: every page at three widths, light and dark, in English and Arabic."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.finding import Place
from tests.browser.looks import VARIANTS, Listener, Variant, find_faults
from tests.browser.places import PLACES


@pytest.mark.large
@pytest.mark.parametrize("variant", VARIANTS, ids=str)
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_page_is_sound_in_every_variant(
    place: Place, variant: Variant, open_place: Callable[[Place, Variant], Page], listener: Listener
):
    page = open_place(place, variant)
    assert [*listener.found, *find_faults(page)] == []
