"""Every page once, each in another variant: reachable by everybody, nothing wider than the window, nothing wrong on the console."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.finding import Place
from tests.browser.looks import VARIANTS, Listener, Variant, find_faults
from tests.browser.places import PLACES

ROTATED = [
    pytest.param(place, VARIANTS[number * 5 % len(VARIANTS)], id=place.name) for number, place in enumerate(PLACES)
]


@pytest.mark.parametrize(("place", "variant"), ROTATED)
def test_a_page_is_sound(
    place: Place, variant: Variant, open_place: Callable[[Place, Variant], Page], listener: Listener
):
    page = open_place(place, variant)
    assert [*listener.found, *find_faults(page)] == []


def test_a_page_that_is_wrong_is_found_out(new_page: Callable[..., Page]):
    page = new_page(width=390)
    page.set_content("<html><body><img src='data:,'><h1>A</h1><h1>B</h1><p style='width:900px'>wide</p></body></html>")
    found = find_faults(page)
    assert "no title" in found
    assert "2 h1" in found
    assert "wider than the window: P." in found
    assert any(line.startswith("image-alt at img") for line in found)
