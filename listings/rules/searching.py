"""What a buyer asks the catalogue for, and what it answers, in plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

PAGE_SIZE = 24
LIGHT_PAGE_SIZE = 12
MOST_RESULTS = 10_000
"""Where pages end: nobody reads further, and a narrower question is faster for everybody."""
GROUPS = (
    "category", "country", "certificate", "evidence", "verified", "company_kind", "moq", "price", "lead", "incoterm", "sample", "language",
    "women", "priced",
)  # fmt: skip
FLAGS = ("verified", "sample", "women", "priced")
EVIDENCE_LEVELS = ("1", "2", "3")
LOWEST_LEVEL = EVIDENCE_LEVELS[0]
ANY_SCHEME = "*"


class Sort(StrEnum):
    """Orders of the results."""

    BEST = "best"
    NEWEST = "newest"
    SMALLEST_ORDER = "moq"
    FASTEST = "lead"
    LOWEST_PRICE = "price"


class Match(StrEnum):
    """How the results fit what was typed."""

    ALL = "all"
    MOST = "most"
    """Those with all words come first; few have them, so that others of the same kind follow."""
    SOME = "some"
    """No listing has all the words."""


def make_evidence_token(code: str, level: str) -> str:
    """A scheme at a level, as one word of the index; a slug never holds a colon."""
    return f"{code}:{level}"


def list_evidence_tokens(certificates: Iterable[tuple[str, int]]) -> list[str]:
    """The words of a listing: every scheme, and any, at each level up to that of its certificate."""
    return sorted(
        {
            make_evidence_token(name, level)
            for code, reached in certificates
            for level in EVIDENCE_LEVELS
            if int(level) <= reached
            for name in (code, ANY_SCHEME)
        }
    )


@dataclass(frozen=True)
class Query:
    """One request: values within a group are alternatives, groups add up. `scope` is the category page's own category.

    `certificate` holds codes of schemes and `evidence` the least level: both must be true of one and the same certificate.
    `price` holds bands of `rules.prices.list_bands`, in `currency` as `price_min` and `price_max` are; "" is the index's own euro.
    `registered` holds the groups of apps above, by the name of their SearchField.
    """

    text: str = ""
    scope: str = ""
    category: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    certificate: tuple[str, ...] = ()
    evidence: str = ""
    verified: bool = False
    company_kind: tuple[str, ...] = ()
    moq: tuple[str, ...] = ()
    price: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    incoterm: tuple[str, ...] = ()
    sample: bool = False
    language: tuple[str, ...] = ()
    women: bool = False
    priced: bool = False
    currency: str = ""
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    sort: Sort = Sort.BEST
    page: int = 1
    page_size: int = PAGE_SIZE
    registered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def list_applied(self) -> list[str]:
        """The groups in which something is chosen."""
        own = [group for group in GROUPS if getattr(self, group) or (group == "price" and self.has_price_range)]
        return own + [name for name, values in self.registered.items() if values]

    @property
    def has_price_range(self) -> bool:
        """Whether a lowest or highest price was typed."""
        return self.price_min is not None or self.price_max is not None

    @property
    def last_page(self) -> int:
        """The number of the last page that is shown of more results than are."""
        return MOST_RESULTS // self.page_size

    def without(self, group: str) -> "Query":
        """The same question without one group; typed prices go with the bands."""
        if group in self.registered:
            return replace(self, registered={**self.registered, group: ()})
        if group == "price":
            return replace(self, price=(), price_min=None, price_max=None)
        empty: Any = type(getattr(self, group))()
        return replace(self, **{group: empty})

    def get_question(self) -> "Query":
        """What the total and the counts depend on: neither the order nor the page."""
        return replace(self, sort=Sort.BEST, page=1, page_size=PAGE_SIZE)

    def list_wanted_tokens(self) -> list[str]:
        """The words of which a listing must have one: the chosen schemes, or any, at the chosen level."""
        return [make_evidence_token(code, self.evidence or LOWEST_LEVEL) for code in self.certificate or (ANY_SCHEME,)]


@dataclass(frozen=True)
class Result:
    """A page of listing ids with the exact total and, per group, how many each value would give."""

    ids: tuple[int, ...]
    total: int
    page: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    match: Match = Match.ALL


def write_query(query: Query) -> dict[str, Any]:
    """The question in words that JSON knows; neither page nor order belong to it."""
    told = {
        name: value
        for name, value in vars(query.get_question()).items()
        if value and name not in {"sort", "page", "page_size"}
    }
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in told.items()}


def read_query(told: Mapping[str, Any]) -> Query:
    """The question that `write_query` wrote; what this version does not know any more is left out."""
    known: dict[str, Any] = {}
    for name, value in told.items():
        if name in Query.__annotations__:
            known[name] = tuple(value) if isinstance(value, list) else value
    for name in ("price_min", "price_max"):
        if name in known:
            known[name] = Decimal(known[name])
    known["registered"] = {name: tuple(values) for name, values in known.get("registered", {}).items()}
    return Query(**known)
