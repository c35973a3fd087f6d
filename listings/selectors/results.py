"""The search page: results, the filters with their counts, what is applied, and help when nothing was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from core.templatetags.ui import listed
from listings.registry import list_search_fields
from listings.rules.ranges import LEAD_TIME_RANGES, MINIMUM_ORDER_RANGES
from listings.rules.searching import EVIDENCE_LEVELS, GROUPS, Query, Result
from listings.search.query import count_without_each, search, suggest
from listings.selectors.cards import WIDEST_PX, Card, list_cards
from listings.selectors.words import format_days, format_quantity
from reference.models import Category
from reference.selectors import get_country_name
from storefronts.choices import EvidenceLevel

Params = Mapping[str, Sequence[str]]
OPEN_GROUPS = {"category", "country", "certificate", "moq", "lead"}
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
    """All that the search page shows."""

    total: int
    page: Page[int]
    cards: list[Card]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    loosened: bool
    helps: tuple[Chip, ...] = ()
    suggestion: Chip | None = None
    named: tuple[Category, ...] = ()


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


def list_categories() -> list[Category]:
    """The whole tree in order; one query."""
    return list(Category.objects.select_related("parent").order_by("parent__position", "position", "pk"))


def get_results(
    *, query: Query, params: Params, path: str, shelf: Shelf, user: Any, language: str, widest_px: int = WIDEST_PX
) -> Results:
    """Search and describe the answer for a page at `path` with these parameters; raises CatalogueNotReady."""
    result = search(query=query)
    labels = _Labels(shelf, language)
    return Results(
        total=result.total,
        page=Paginator(range(result.total), query.page_size).page(result.page),
        cards=list_cards(ids=result.ids, user=user, language=language, widest_px=widest_px),
        facets=tuple(_list_facets(query, result, shelf, labels)),
        chips=tuple(_list_chips(query, params, path, labels)),
        clear_url=_address(path, {"q": [query.text]} if query.text else {}),
        loosened=result.loosened,
        helps=() if result.total else tuple(_list_helps(query, params, path, labels)),
        suggestion=None if result.total and not result.loosened else _suggest(query, path),
        named=tuple(_list_named(query, shelf)),
    )


class _Labels:
    """What the values of filters are called in the reader's language."""

    def __init__(self, shelf: Shelf, language: str) -> None:
        self.language = language
        self.categories = {category.slug: category.label for category in shelf.categories}
        self.schemes = shelf.schemes
        self.registered = {field.name: field for field in list_search_fields()}
        self.looked_up = {"category", "certificate", "evidence", *self.registered}

    def name(self, group: str, value: str) -> str:
        if group in self.looked_up:
            return self._look_up(group, value)[0]
        if group == "country":
            return get_country_name(code=value, language=self.language)
        if group == "moq":
            measure, limit = value.rsplit("-", 1)
            return _("Up to %(quantity)s") % {"quantity": format_quantity(number=int(limit), unit=measure)}
        if group == "lead":
            return _("Up to %(days)s") % {"days": format_days(days=int(value))}
        return {"verified": _("Checked by the agency"), "sample": _("Sends samples")}.get(group, value)

    def _look_up(self, group: str, value: str) -> tuple[str, str]:
        """The words of a value in the list and on a chip, where both are known by name."""
        if group in {"category", "certificate"}:
            return ((self.categories if group == "category" else self.schemes).get(value, value),) * 2
        if group == "evidence":
            level = str(EvidenceLevel(int(value)).label)
            return level, _("At least: %(level)s") % {"level": level}
        label, chip = self.registered[group].values.get(value, (value, value))
        return _(label), _(chip)

    def name_chip(self, group: str, value: str) -> str:
        if group in self.looked_up:
            return self._look_up(group, value)[1]
        if group == "moq":
            measure, limit = value.rsplit("-", 1)
            return _("Minimum order up to %(quantity)s") % {
                "quantity": format_quantity(number=int(limit), unit=measure)
            }
        if group == "lead":
            return _("Ready to ship within %(days)s") % {"days": format_days(days=int(value))}
        return _("Prices in %(currency)s") % {"currency": value} if group == "currency" else self.name(group, value)


def _list_facets(query: Query, result: Result, shelf: Shelf, labels: _Labels) -> list[Facet]:
    headings = {
        "category": _("Category"), "country": _("Country"), "certificate": _("Checked certificates and papers"),
        "evidence": _("How far they were checked"), "moq": _("Minimum order"), "lead": _("Ready to ship in"),
        "verified": _("Storefront"), "sample": _("Samples"), "currency": _("Prices in"),
        **{field.name: _(field.heading) for field in list_search_fields()},
    }  # fmt: skip
    facets = []
    for group, heading in headings.items():
        counts = result.facets.get(group, {})
        chosen = _chosen(query, group)
        values = [value for value in _offered(group, counts, shelf) if counts.get(value) or value in chosen]
        values += [value for value in chosen if value not in values]
        choices = [Choice(value, labels.name(group, value), counts.get(value, 0), value in chosen) for value in values]
        if choices:
            facets.append(_make_facet(group, heading, choices, is_open=group in OPEN_GROUPS or bool(chosen)))
    return facets


def _make_facet(group: str, heading: str, choices: list[Choice], *, is_open: bool) -> Facet:
    if group in {"currency", "evidence"}:
        words = _("Any currency") if group == "currency" else _("Any")
        anything = Choice("", words, None, not any(choice.checked for choice in choices))
        return Facet(group, heading, "radio", is_open, (anything, *choices))
    if len(choices) <= MANY_VALUES:
        return Facet(group, heading, "checkbox", is_open, tuple(choices))
    first = choices[:SHOWN_VALUES]
    shown = [*first, *(choice for choice in choices[SHOWN_VALUES:] if choice.checked)]
    return Facet(group, heading, "checkbox", is_open, tuple(shown), tuple(one for one in choices if one not in shown))


def _offered(group: str, counts: Mapping[str, int], shelf: Shelf) -> list[str]:
    if group == "category":
        return [category.slug for category in shelf.list_offered(counts)]
    if group == "moq":
        return sorted(MINIMUM_ORDER_RANGES, key=lambda value: -_most_in_measure(counts, value.split("-")[0]))
    if group in {"lead", "evidence"}:
        return list(LEAD_TIME_RANGES if group == "lead" else EVIDENCE_LEVELS)
    registered = next((field for field in list_search_fields() if field.name == group), None)
    if registered is not None:
        return list(registered.values)
    return sorted(counts, key=lambda value: (-counts[value], value))


def _most_in_measure(counts: Mapping[str, int], measure: str) -> int:
    """Ranges in the measure that most of the results are sold in come first."""
    return max((count for value, count in counts.items() if value.split("-")[0] == measure), default=0)


def _chosen(query: Query, group: str) -> tuple[str, ...]:
    if group not in GROUPS:
        return query.registered.get(group, ())
    value = getattr(query, group)
    if isinstance(value, bool):
        return ("yes",) if value else ()
    return (value,) if isinstance(value, str) and value else tuple(value)


def _list_chips(query: Query, params: Params, path: str, labels: _Labels) -> list[Chip]:
    chips = []
    for group in query.list_applied():
        for value in _chosen(query, group):
            dropped = ("price_min", "price_max") if group == "currency" else ()
            kept = [other for other in _chosen(query, group) if other != value]
            chips.append(Chip(labels.name_chip(group, value), _without(path, params, {group: kept}, dropped)))
    if query.currency and (query.price_min is not None or query.price_max is not None):
        chips.append(Chip(_describe_price(query), _without(path, params, {}, ("price_min", "price_max"))))
    return chips


def _describe_price(query: Query) -> str:
    values = {"low": query.price_min, "high": query.price_max, "currency": query.currency}
    if query.price_min is None:
        return _("Price up to %(high)s %(currency)s") % values
    if query.price_max is None:
        return _("Price from %(low)s %(currency)s") % values
    return _("Price %(low)s to %(high)s %(currency)s") % values


def _list_helps(query: Query, params: Params, path: str, labels: _Labels) -> list[Chip]:
    helps = []
    for group, count in count_without_each(query=query).items():
        names = listed(labels.name_chip(group, value) for value in _chosen(query, group))
        dropped = ("price_min", "price_max") if group == "currency" else ()
        helps.append(Chip(names, _without(path, params, {group: []}, dropped), count))
    return helps


def _list_named(query: Query, shelf: Shelf) -> list[Category]:
    """Categories whose name holds a typed word, as a second way to what was meant."""
    words = {word for word in query.text.casefold().split() if len(word) > 2}
    if shelf.current is not None or not words:
        return []
    return [one for one in shelf.categories if words & set(one.label.casefold().replace(",", " ").split())][
        :MANY_VALUES
    ]


def _suggest(query: Query, path: str) -> Chip | None:
    words = suggest(text=query.text) if query.text else ""
    return Chip(words, _address(path, {"q": [words]})) if words else None


def _without(path: str, params: Params, changed: Params, dropped: Sequence[str]) -> str:
    """The same address with some parameters changed; the page starts again at 1, empty ones go."""
    gone = {"page", *dropped}
    kept: dict[str, Sequence[str]] = {
        name: [value for value in values if value] for name, values in params.items() if name not in gone
    }
    return _address(path, {**kept, **changed})


def _address(path: str, values: Params) -> str:
    encoded = urlencode({name: list(several) for name, several in values.items() if several}, doseq=True)
    return f"{path}?{encoded}" if encoded else path
