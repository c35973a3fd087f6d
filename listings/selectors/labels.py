"""What the groups of filters and their values are called in the reader's language."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from core.money import Money, format_money
from listings.registry import list_search_fields
from listings.rules.searching import Query
from listings.selectors.words import format_days, format_quantity
from reference.choices import Incoterm
from reference.selectors import get_country_name, get_language_name
from storefronts.choices import CompanyKind, EvidenceLevel


class Labels:
    """The words of one page: `categories` by slug and `schemes` by code, prices in `currency`."""

    def __init__(self, *, categories: Mapping[str, str], schemes: Mapping[str, str], language: str, currency: str) -> None:
        self.language, self.currency = language, currency
        self.looked_up = {"category": categories, "certificate": schemes}
        self.registered = {field.name: field for field in list_search_fields()}

    def name_group(self, group: str) -> str:
        """The heading of a group."""
        if group in self.registered:
            return _(self.registered[group].heading)
        return {
            "category": _("Category"), "country": _("Origin"), "certificate": _("Checked certificates and papers"),
            "evidence": _("How far they were checked"), "verified": _("Storefront"), "company_kind": _("Kind of exporter"),
            "moq": _("Minimum order"), "price": _("Price per unit"), "lead": _("Ready to ship in"), "incoterm": _("Price includes"),
            "sample": _("Samples"), "language": _("Languages of the exporter"), "women": _("The firm"), "priced": _("Prices"),
        }[group]  # fmt: skip

    def name(self, group: str, value: str) -> str:
        """A value in its list."""
        if group in self.looked_up:
            return self.looked_up[group].get(value, value)
        if group in self.registered:
            return _(self.registered[group].values.get(value, (value, value))[0])
        if group in {"country", "language"}:
            return get_country_name(code=value, language=self.language) if group == "country" else get_language_name(code=value)
        if group in {"moq", "lead", "price"}:
            return self._name_range(group, value)
        choices = {"company_kind": CompanyKind, "incoterm": Incoterm}
        if group in choices and value in choices[group].values:
            return str(choices[group](value).label)
        if group == "evidence":
            return str(EvidenceLevel(int(value)).label)
        flags = {"verified": _("Checked by the agency"), "sample": _("Sends samples"), "women": _("Led by women"), "priced": _("Shows prices")}
        return flags.get(group, value)

    def name_chip(self, group: str, value: str) -> str:
        """A value where it stands without the heading of its group."""
        if group in self.registered:
            return _(self.registered[group].values.get(value, (value, value))[1])
        worded = {
            "moq": _("Minimum order: %(value)s"), "lead": _("Ready to ship: %(value)s"), "evidence": _("At least: %(value)s"),
            "country": _("From %(value)s"), "price": _("Price: %(value)s"), "language": _("Answers in %(value)s"),
        }  # fmt: skip
        name = self.name(group, value)
        return worded[group] % {"value": name} if group in worded else name

    def describe_price_range(self, query: Query) -> str:
        """The typed prices."""
        return self._name_prices(query.price_min, query.price_max)

    def _name_range(self, group: str, value: str) -> str:
        if group == "lead":
            return _("Up to %(days)s") % {"days": format_days(days=int(value))}
        if group == "price":
            low, _dash, high = value.partition("-")
            return self._name_prices(Decimal(low) if low else None, Decimal(high) if high else None)
        measure, limit = value.rsplit("-", 1)
        return _("Up to %(quantity)s") % {"quantity": format_quantity(number=int(limit), unit=measure)}

    def _name_prices(self, low: Decimal | None, high: Decimal | None) -> str:
        written = {
            name: format_money(Money(amount, self.currency), language=self.language) if amount is not None else ""
            for name, amount in (("low", low), ("high", high))
        }
        if low is None:
            return _("Up to %(high)s") % written
        return (_("From %(low)s") if high is None else _("%(low)s to %(high)s")) % written
