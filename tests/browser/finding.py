"""What a place is, and how its address is found by following links."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.stack import Site

Find = Callable[[Page, Site], str]


@dataclass(frozen=True)
class Place:
    """A page. `path` is an address, or finds one as `found_by`; `then` does something there before the page is looked at."""

    name: str
    path: str | Find
    who: str = ""
    then: Callable[[Page], None] | None = None
    status: int = 200
    found_by: str = ""

    def __str__(self) -> str:
        return self.name


def link(start: str, selector: str) -> Find:
    """The address behind the first link that fits, on the page `start`."""

    def find(page: Page, _site: Site) -> str:
        page.goto(start)
        return page.locator(selector).first.get_attribute("href") or ""

    return find


def submit(name: str) -> Callable[[Page], None]:
    """Press a button and wait for the list of what to mend."""

    def act(page: Page) -> None:
        page.locator("main").locator(name).first.click()
        expect(page.locator(".error-summary")).to_be_visible()
        assert re.match(r"Error:|خطأ:", page.title()), page.title()

    return act
