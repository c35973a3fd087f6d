"""What the groups of filters and their values are called in the reader's language."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.money import Money, format_money
from listings.registry import list_search_fields
from listings.rules.searching import Query
from listings.selectors.words import format_days, format_quantity
from reference.choices import Incoterm
from reference.selectors import get_country_name, get_language_name
from storefronts.choices import CompanyKind, EvidenceLevel

HEADINGS = {
    "category": gettext_lazy("Category"), "country": gettext_lazy("Origin"), "certificate": gettext_lazy("Checked certificates and papers"),
    "evidence": gettext_lazy("How far they were checked"), "verified": gettext_lazy("Storefront"),
    "company_kind": gettext_lazy("Kind of exporter"), "moq": gettext_lazy("Minimum order"), "price": gettext_lazy("Price per unit"),
    "lead": gettext_lazy("Ready to ship in"), "incoterm": gettext_lazy("Price includes"), "sample": gettext_lazy("Samples"),
    "language": gettext_lazy("Languages of the exporter"), "women": gettext_lazy("The firm"), "priced": gettext_lazy("Prices"),
}  # fmt: skip


class Labels:
    """The words of one page: `categories` by slug and `schemes` by code, prices in `currency`."""

    def __init__(
        self, *, categories: Mapping[str, str], schemes: Mapping[str, str], language: str, currency: str
    ) -> None:
        self.language, self.currency = language, currency
        self.looked_up = {"category": categories, "certificate": schemes}
        self.registered = {field.name: field for field in list_search_fields()}

    def name_group(self, group: str) -> str:
        """The heading of a group."""
        if group in self.registered:
            return _(self.registered[group].heading)
        return str(HEADINGS[group])

    def name(self, group: str, value: str) -> str:
        """A value in its list."""
        if group in self.looked_up:
            return self.looked_up[group].get(value, value)
        if group in self.registered:
            return _(self.registered[group].values.get(value, (value, value))[0])
        namers: dict[str, Callable[[str], str]] = {
            "country": lambda code: get_country_name(code=code, language=self.language),
            "language": lambda code: get_language_name(code=code),
            "company_kind": lambda kind: str(CompanyKind(kind).label) if kind in CompanyKind.values else kind,
            "incoterm": lambda term: str(Incoterm(term).label) if term in Incoterm.values else term,
            "evidence": lambda level: str(EvidenceLevel(int(level)).label),
            "lead": lambda days: _("Up to %(days)s") % {"days": format_days(days=int(days))},
            "price": self._name_band,
            "moq": _name_quantity,
            "verified": lambda _yes: _("Checked by the agency"),
            "sample": lambda _yes: _("Sends samples"),
            "women": lambda _yes: _("Led by women"),
            "priced": lambda _yes: _("Shows prices"),
        }
        return namers[group](value)

    def name_chip(self, group: str, value: str) -> str:
        """A value where it stands without the heading of its group."""
        if group in self.registered:
            return _(self.registered[group].values.get(value, (value, value))[1])
        if group == "moq":
            return _("Minimum order up to %(quantity)s") % {"quantity": _measure(value)}
        if group == "lead":
            return _("Ready to ship within %(days)s") % {"days": format_days(days=int(value))}
        worded = {
            "evidence": _("At least: %(level)s"),
            "price": _("Price: %(level)s"),
            "language": _("Answers in %(level)s"),
        }
        name = self.name(group, value)
        return worded[group] % {"level": name} if group in worded else name

    def describe_price_range(self, query: Query) -> str:
        """The typed prices."""
        return self._name_prices(query.price_min, query.price_max)

    def _name_band(self, value: str) -> str:
        low, _dash, high = value.partition("-")
        return self._name_prices(Decimal(low) if low else None, Decimal(high) if high else None)

    def _name_prices(self, low: Decimal | None, high: Decimal | None) -> str:
        written = {
            name: format_money(Money(amount, self.currency), language=self.language) if amount is not None else ""
            for name, amount in (("low", low), ("high", high))
        }
        if low is None:
            return _("Up to %(high)s") % written
        return (_("From %(low)s") if high is None else _("%(low)s to %(high)s")) % written


def _name_quantity(value: str) -> str:
    return _("Up to %(quantity)s") % {"quantity": _measure(value)}


def _measure(value: str) -> str:
    measure, limit = value.rsplit("-", 1)
    return format_quantity(number=int(limit), unit=measure)
