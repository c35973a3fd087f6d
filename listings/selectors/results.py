"""The search page: results, the filters with their counts, what is applied, and help when nothing was found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from core.templatetags.ui import listed
from listings.registry import list_search_fields
from listings.rules.ranges import LEAD_TIME_RANGES, MINIMUM_ORDER_RANGES
from listings.rules.searching import EVIDENCE_LEVELS, FLAGS, GROUPS, MOST_RESULTS, Match, Query, Result
from listings.search.facets import list_bands, list_groups
from listings.search.index import open_reading
from listings.search.lexicon import list_categories_of
from listings.search.marking import mark_words
from listings.search.query import count_without_each, count_without_filters, list_following_ids, search, understand
from listings.search.suggest import mend
from listings.search.text import Asked
from listings.selectors.cards import WIDEST_PX, Card, list_cards
from listings.selectors.labels import Labels
from reference.models import Category
from reference.rules import Rates
from reference.selectors import CURRENCIES

Params = Mapping[str, Sequence[str]]
OPEN_GROUPS = {"category", "country", "certificate", "moq", "price"}
SHOWN_VALUES = 5
MANY_VALUES = 6


@dataclass(frozen=True)
class Choice:
    """A value of a filter with the number of products that it would give."""

    value: str
    label: str
    count: int | None
    checked: bool


@dataclass(frozen=True)
class Facet:
    """A group of filters, as components/facet.html shows it."""

    name: str
    label: str
    kind: str
    open: bool
    values: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Chip:
    """An applied filter; its address is the same search without it. `count` says what that would find."""

    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True)
class Results:
    """All that the search page shows. `rates_day` is the day of the oldest rate that prices were converted at."""

    total: int
    page: Page[int]
    cards: list[Card]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    match: Match
    helps: tuple[Chip, ...] = ()
    unfiltered: int = 0
    suggestion: Chip | None = None
    named: tuple[Category, ...] = ()
    is_cut: bool = False
    rates_day: date | None = None


@dataclass(frozen=True)
class Shelf:
    """The categories of the catalogue, the one that the page stands on, and the schemes by code."""

    categories: Sequence[Category]
    current: Category | None
    schemes: Mapping[str, str] = field(default_factory=dict)

    def list_offered(self, counts: Mapping[str, int]) -> list[Category]:
        """Branches; the sub-categories of one when the page stands on it or all results lie in it."""
        if self.current is not None:
            return [category for category in self.categories if category.parent_id == self.current.pk]
        branches = [category for category in self.categories if category.parent_id is None]
        counted = [branch for branch in branches if counts.get(branch.slug)]
        if len(counted) != 1:
            return branches
        return [category for category in self.categories if category.parent_id == counted[0].pk]


def list_known_currencies(*, rates: Rates) -> list[str]:
    """The currencies that prices can be told in, the usual ones of trade first."""
    return [code for code in CURRENCIES if code in rates.units_per_eur]


def get_results(
    *, query: Query, params: Params, path: str, shelf: Shelf, user: Any, language: str, widest_px: int = WIDEST_PX
) -> Results:
    """Search and describe the answer for a page at `path` with these parameters; raises CatalogueNotReady."""
    result, asked = search(query=query), understand(text=query.text)
    rates = open_reading().rates
    labels = _make_labels(query, shelf, language)
    chips = tuple(_list_chips(query, params, path, labels))
    helps = () if result.total else tuple(_list_helps(query, params, path, labels))
    shown = min(result.total, query.last_page * query.page_size)
    list_some = partial(
        list_cards, user=user, language=language, widest_px=widest_px, currency=query.currency, rates=rates
    )
    return Results(
        total=result.total,
        page=Paginator(range(shown), query.page_size).page(result.page),
        cards=[_mark(card, asked) for card in _fill_page(query, result, list_some)],
        facets=tuple(_list_facets(query, result, shelf, labels)),
        chips=chips,
        clear_url=_address(path, {"q": [query.text]} if query.text else {}),
        match=result.match,
        helps=helps,
        unfiltered=0 if result.total or helps or not chips else count_without_filters(query=query),
        suggestion=_suggest(query, path),
        named=tuple(_list_named(asked, shelf)),
        is_cut=result.total > MOST_RESULTS and result.page == query.last_page,
        rates_day=min((day for code, day in rates.days.items() if code == query.currency), default=None),
    )


def _fill_page(query: Query, result: Result, list_some: Callable[..., list[Card]]) -> list[Card]:
    """Cards of what is live now. What left since the index was read is made up for by the listings that follow."""
    cards = list_some(ids=result.ids)
    if len(cards) == len(result.ids):
        return cards
    following = list_following_ids(query=query, offset=result.page * query.page_size)
    return [*cards, *list_some(ids=following)][: query.page_size]


def _mark(card: Card, asked: Asked) -> Card:
    return replace(card, title_parts=tuple(mark_words(text=card.title, asked=asked))) if asked.pieces else card


def describe_query(*, query: Query, shelf: Shelf, language: str) -> str:
    """The search in a line: words, category, filters."""
    labels = _make_labels(query, shelf, language)
    parts = [f"“{query.text}”"] if query.text else []
    parts += [shelf.current.label] if shelf.current else []
    parts += [labels.name_chip(group, value) for group in query.list_applied() for value in _chosen(query, group)]
    parts += [labels.describe_price_range(query)] if query.has_price_range else []
    return listed(parts) or _("All products")


def _make_labels(query: Query, shelf: Shelf, language: str) -> Labels:
    categories = {category.slug: category.label for category in shelf.categories}
    return Labels(categories=categories, schemes=shelf.schemes, language=language, currency=query.currency)


def _list_facets(query: Query, result: Result, shelf: Shelf, labels: Labels) -> list[Facet]:
    facets = []
    for group in list_groups():
        counts, chosen = result.facets.get(group, {}), _chosen(query, group)
        values = [value for value in _offered(group, counts, query, shelf) if counts.get(value) or value in chosen]
        values += [value for value in chosen if value not in values]
        choices = [Choice(value, labels.name(group, value), counts.get(value, 0), value in chosen) for value in values]
        if choices:
            facets.append(
                _make_facet(group, labels.name_group(group), choices, is_open=group in OPEN_GROUPS or bool(chosen))
            )
    return facets


def _make_facet(group: str, heading: str, choices: list[Choice], *, is_open: bool) -> Facet:
    if group == "evidence":
        anything = Choice("", _("Any"), None, not any(choice.checked for choice in choices))
        return Facet(group, heading, "radio", is_open, (anything, *choices))
    if len(choices) <= MANY_VALUES:
        return Facet(group, heading, "checkbox", is_open, tuple(choices))
    first = choices[:SHOWN_VALUES]
    shown = [*first, *(choice for choice in choices[SHOWN_VALUES:] if choice.checked)]
    return Facet(group, heading, "checkbox", is_open, tuple(shown), tuple(one for one in choices if one not in shown))


def _offered(group: str, counts: Mapping[str, int], query: Query, shelf: Shelf) -> list[str]:
    """The values of a group in the order shown: ranges from small to large, all others by how many they give."""
    ordered: dict[str, Callable[[], list[str]]] = {
        "category": lambda: [category.slug for category in shelf.list_offered(counts)],
        "price": lambda: [band.key for band in list_bands(query.currency, open_reading().rates)],
        "moq": lambda: sorted(MINIMUM_ORDER_RANGES, key=lambda value: -_most_in_measure(counts, value.split("-")[0])),
        "lead": lambda: list(LEAD_TIME_RANGES),
        "evidence": lambda: list(EVIDENCE_LEVELS),
        **{known.name: partial(list, known.values) for known in list_search_fields()},
    }
    return ordered[group]() if group in ordered else sorted(counts, key=lambda value: (-counts[value], value))


def _most_in_measure(counts: Mapping[str, int], measure: str) -> int:
    """Ranges in the measure that most of the results are sold in come first."""
    return max((count for value, count in counts.items() if value.split("-")[0] == measure), default=0)


def _chosen(query: Query, group: str) -> tuple[str, ...]:
    if group not in GROUPS:
        return query.registered.get(group, ())
    value = getattr(query, group)
    if group in FLAGS:
        return ("yes",) if value else ()
    return (value,) if isinstance(value, str) and value else tuple(value)


def _list_chips(query: Query, params: Params, path: str, labels: Labels) -> list[Chip]:
    chips = []
    for group in query.list_applied():
        for value in _chosen(query, group):
            kept = [other for other in _chosen(query, group) if other != value]
            chips.append(Chip(labels.name_chip(group, value), _without(path, params, {group: kept})))
    if query.has_price_range:
        chips.append(Chip(labels.describe_price_range(query), _without(path, params, {}, ("price_min", "price_max"))))
    return chips


def _list_helps(query: Query, params: Params, path: str, labels: Labels) -> list[Chip]:
    helps = []
    for group, count in count_without_each(query=query).items():
        names = [labels.name_chip(group, value) for value in _chosen(query, group)]
        if group == "price" and query.has_price_range:
            names.append(labels.describe_price_range(query))
        dropped = ("price_min", "price_max") if group == "price" else ()
        helps.append(Chip(listed(names), _without(path, params, {group: []}, dropped), count))
    return helps


def _list_named(asked: Asked, shelf: Shelf) -> list[Category]:
    """Categories that the typed words name, by lay words of any language or by their own name."""
    if shelf.current is not None or not asked.wanted:
        return []
    slugs = list_categories_of([key for piece in asked.wanted for key in piece.concepts])
    words = {word for piece in asked.wanted for word in piece.words if len(word) > 2}
    named = [one for one in shelf.categories if one.slug in slugs]
    named += [one for one in shelf.categories if one not in named and words & _words_of(one)]
    return named[:MANY_VALUES]


def _words_of(category: Category) -> set[str]:
    return set(category.label.casefold().replace(",", " ").split())


def _suggest(query: Query, path: str) -> Chip | None:
    words = mend(text=query.text) if query.text else ""
    return Chip(words, _address(path, {"q": [words]})) if words else None


def _without(path: str, params: Params, changed: Params, dropped: Sequence[str] = ()) -> str:
    """The same address with some parameters changed; the page starts again at 1, empty ones go."""
    gone = {"page", *dropped}
    kept: dict[str, Sequence[str]] = {
        name: [value for value in values if value] for name, values in params.items() if name not in gone
    }
    return _address(path, {**kept, **changed})


def _address(path: str, values: Params) -> str:
    encoded = urlencode({name: list(several) for name, several in values.items() if several}, doseq=True)
    return f"{path}?{encoded}" if encoded else path
