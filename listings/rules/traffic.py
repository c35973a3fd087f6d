"""What is counted of visits, what of it an exporter may see, and below which number it goes a week after its own is over (ADR 0026)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

PRODUCT, STOREFRONT, SEARCH = "product", "storefront", "search"
FEWEST = 3
"""Below it a country of a week is one of the others, and words of a week are not shown: one person is more likely behind them.

They are views, not people: one person who comes back often enough in a week reaches it alone.
"""
LONGEST_WORDS = 60
WEEKS_KEPT = 105
"""Two years and the week that runs."""
OTHER = "ZZ"
"""No country's code: stands for those that are too rare to be named, on the page and, a week after theirs is over, in what is kept."""
PERSONAL = re.compile(r"@|https?:|www\.|(?:\d[\s().+/-]*){7}")
"""Addresses, links, and seven digits in a row however they are set apart: such a search is about a person or a firm's papers."""
QUOTES = str.maketrans(dict.fromkeys('"“”„«»', " "))


@dataclass(frozen=True)
class Sighting:
    """What a page shows that counts: a product, a storefront, a followed contact (`kind` is its channel), or what a search found."""

    kind: str
    company_id: int | None = None
    listing_id: int | None = None
    words: str = ""
    found: tuple[int, ...] = ()


@dataclass(frozen=True)
class Seen:
    """A sighting by somebody. The number of a signed-in person stays in memory until the sums are handed over."""

    sighting: Sighting
    user_id: int | None = None
    destination: str = ""
    """The country that they chose when they last asked; it counts where no profile has one."""


@dataclass(frozen=True, order=True)
class Sum:
    """What a count is kept of. A search has words and neither listing nor country."""

    kind: str
    company_id: int
    week: date
    listing_id: int | None = None
    country: str = ""
    words: str = ""


def get_week(day: date) -> date:
    """The Monday of the ISO week."""
    return day - timedelta(days=day.weekday())


def list_weeks(day: date, number: int) -> list[date]:
    """The Mondays of so many weeks, the one of `day` last."""
    return [get_week(day) - timedelta(weeks=back) for back in reversed(range(number))]


def clean_words(text: str) -> str:
    """The words of a search as they are counted, in small letters; "" for what is too long or looks personal."""
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().translate(QUOTES).split())
    return "" if len(words) > LONGEST_WORDS or PERSONAL.search(words) else words


def fold_countries(counts: Iterable[tuple[date, str, int]]) -> Mapping[str, int]:
    """Views by country over all weeks. A country with fewer than FEWEST in a week goes to OTHER for that week, "" is unknown."""
    found: dict[str, int] = {}
    for _week, country, number in counts:
        name = country if not country or number >= FEWEST else OTHER
        found[name] = found.get(name, 0) + number
    return found
