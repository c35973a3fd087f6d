"""What a buyer asks the catalogue for, and what it answers, in plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

PAGE_SIZE = 24
LIGHT_PAGE_SIZE = 12
GROUPS = ("category", "country", "verified", "moq", "lead", "sample", "currency")


class Sort(StrEnum):
    """Orders of the results; the lowest price needs a chosen currency."""

    BEST = "best"
    NEWEST = "newest"
    SMALLEST_ORDER = "moq"
    FASTEST = "lead"
    LOWEST_PRICE = "price"


@dataclass(frozen=True)
class Query:
    """One request: values within a group are alternatives, groups add up. `scope` is the category page's own category.

    `registered` holds the groups of apps above, by the name of their SearchField.
    """

    text: str = ""
    scope: str = ""
    category: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    verified: bool = False
    moq: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    sample: bool = False
    currency: str = ""
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    sort: Sort = Sort.BEST
    page: int = 1
    page_size: int = PAGE_SIZE
    registered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def list_applied(self) -> list[str]:
        """The groups in which something is chosen."""
        own = [group for group in GROUPS if getattr(self, group)]
        return own + [name for name, values in self.registered.items() if values]

    def without(self, group: str) -> "Query":
        """The same question without one group; a price goes with its currency."""
        if group in self.registered:
            return replace(self, registered={**self.registered, group: ()})
        if group == "currency":
            sort = Sort.BEST if self.sort is Sort.LOWEST_PRICE else self.sort
            return replace(self, currency="", price_min=None, price_max=None, sort=sort)
        empty: Any = False if group in {"verified", "sample"} else ()
        return replace(self, **{group: empty})


@dataclass(frozen=True)
class Result:
    """A page of listing ids with the exact total and, per group, how many each value would give.

    `loosened` says that no listing holds all the words, so that these hold some of them.
    """

    ids: tuple[int, ...]
    total: int
    page: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    loosened: bool = False
