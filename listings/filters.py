"""The address of a search, cleaned: what a page forgives and what the API refuses."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.numbers import parse_number
from listings.registry import list_search_fields
from listings.rules.ranges import LEAD_TIME_RANGES, MINIMUM_ORDER_RANGES
from listings.rules.searching import EVIDENCE_LEVELS, FLAGS, Query, Sort
from listings.search.facets import list_bands
from reference.choices import Incoterm
from reference.rules import DOLLAR, EURO, Rates
from reference.selectors import CURRENCIES, TRADE_LANGUAGES, list_countries
from storefronts.choices import CompanyKind

SORT_LABELS = {
    Sort.BEST: _("Best match"),
    Sort.NEWEST: _("Newest"),
    Sort.SMALLEST_ORDER: _("Smallest minimum order"),
    Sort.FASTEST: _("Fastest to ship"),
    Sort.LOWEST_PRICE: _("Lowest price per unit"),
}
PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
YES = [("yes", _("Yes"))]
LONGEST_PARAMS = 2000
USUAL_CURRENCIES = (DOLLAR, EURO)
MANY = ("category", "country", "certificate", "company_kind", "moq", "price", "lead", "incoterm", "language")
PARAMETERS = ("q", *MANY, "evidence", *FLAGS, "currency", "price_min", "price_max", "sort", "page")


class TypedDecimalField(forms.DecimalField):
    """A number in the reader's way of writing; one with a point and no grouping, as programs send it, is always read."""

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip()
        if typed and not PLAIN_NUMBER.fullmatch(typed):
            try:
                value = str(parse_number(typed, decimal_comma=get_format("DECIMAL_SEPARATOR") == ","))
            except DomainError:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        return super().to_python(value)


def _pairs(values: Sequence[str]) -> Callable[[], list[tuple[str, str]]]:
    """Choices that are written out when a value is compared with them: a page is asked for often, a filter is chosen seldom."""
    return lambda: [(value, value) for value in values]


class SearchForm(forms.Form):
    """The parameters of the search page and of the API, which are the same."""

    q = forms.CharField(required=False, max_length=2000)
    category = forms.MultipleChoiceField(required=False)
    country = forms.MultipleChoiceField(
        required=False, choices=_pairs([code for code, _name in list_countries(language="en")])
    )
    certificate = forms.MultipleChoiceField(required=False)
    evidence = forms.ChoiceField(required=False, choices=_pairs(EVIDENCE_LEVELS))
    verified = forms.ChoiceField(required=False, choices=YES)
    company_kind = forms.MultipleChoiceField(required=False, choices=_pairs(CompanyKind.values))
    moq = forms.MultipleChoiceField(required=False, choices=_pairs(MINIMUM_ORDER_RANGES))
    price = forms.MultipleChoiceField(required=False)
    lead = forms.MultipleChoiceField(required=False, choices=_pairs(LEAD_TIME_RANGES))
    incoterm = forms.MultipleChoiceField(required=False, choices=_pairs(Incoterm.values))
    sample = forms.ChoiceField(required=False, choices=YES)
    language = forms.MultipleChoiceField(required=False, choices=_pairs(TRADE_LANGUAGES))
    women = forms.ChoiceField(required=False, choices=YES)
    priced = forms.ChoiceField(required=False, choices=YES)
    currency = forms.ChoiceField(required=False, choices=_pairs(CURRENCIES))
    price_min = TypedDecimalField(
        required=False, min_value=0, max_digits=14, decimal_places=4,
        error_messages={"invalid": _("Write the lowest price as a number, such as 5.40.")},
    )  # fmt: skip
    price_max = TypedDecimalField(
        required=False, min_value=0, max_digits=14, decimal_places=4,
        error_messages={"invalid": _("Write the highest price as a number, such as 14.")},
    )  # fmt: skip
    sort = forms.ChoiceField(required=False, choices=_pairs([sort.value for sort in Sort]))
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)

    def __init__(self, data: QueryDict, *, categories: Sequence[str], schemes: Sequence[str], rates: Rates) -> None:
        super().__init__(data)
        self.rates = rates
        known: Mapping[str, Any] = self.fields
        known["category"].choices = _pairs(categories)
        known["certificate"].choices = _pairs(schemes)
        known["price"].choices = _pairs([band.key for band in list_bands(self.get_currency(), rates)])
        for registered in list_search_fields():
            self.fields[registered.name] = forms.MultipleChoiceField(
                required=False, choices=_pairs(list(registered.values))
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        low, high = cleaned.get("price_min"), cleaned.get("price_max")
        if low is not None and high is not None and low > high:
            self.add_error("price_min", _("The lowest price is above the highest. Swap them."))
        if (asked := cleaned.get("currency")) and asked not in self.rates.units_per_eur:
            self.add_error("currency", _("No exchange rate of these days is known for this currency."))
        return cleaned

    def get_currency(self) -> str:
        """The currency that prices are compared in: the asked one where a rate is known, else the usual one of trade."""
        asked = self.data.get("currency", "")
        return next((code for code in (asked, *USUAL_CURRENCIES) if code in self.rates.units_per_eur), EURO)

    def build_query(self, *, scope: str, page_size: int) -> Query:
        """The question without what was wrong in it: an old link or a mistyped value is left out."""
        cleaned: Mapping[str, Any] = getattr(self, "cleaned_data", {})
        several: dict[str, Any] = {name: tuple(cleaned.get(name, ())) for name in MANY}
        flags: dict[str, Any] = {name: cleaned.get(name) == "yes" for name in FLAGS}
        return Query(
            text=cleaned.get("q", "").strip(),
            scope=scope,
            **several,
            evidence=cleaned.get("evidence", ""),
            **flags,
            currency=self.get_currency(),
            price_min=cleaned.get("price_min"),
            price_max=cleaned.get("price_max"),
            sort=Sort(cleaned.get("sort") or Sort.BEST),
            page=cleaned.get("page") or 1,
            page_size=page_size,
            registered={field.name: tuple(cleaned.get(field.name, ())) for field in list_search_fields()},
        )

    def write_params(self) -> str:
        """What is right in it as a query string in a fixed order, without page and sort order: the same search, the same text."""
        names = [name for name in self.fields if name not in {"page", "sort"} and name not in self.errors]
        data: Any = self.data
        return urlencode([(name, value) for name in names for value in sorted(data.getlist(name)) if value])[
            :LONGEST_PARAMS
        ]

    def explain_price_error(self) -> str:
        """What is wrong with the price range, "" if nothing."""
        wrong = [*self.errors.get("price_min", []), *self.errors.get("price_max", [])]
        return str(wrong[0]) if wrong else ""

    def list_problems(self) -> dict[str, list[str]]:
        """Everything wrong, also parameters that do not exist, for the API's strict answer."""
        problems = {name: [str(message) for message in messages] for name, messages in self.errors.items()}
        unknown = [name for name in self.data if name not in PARAMETERS and name not in self.fields]
        return problems | {name: [str(_("There is no such parameter."))] for name in unknown}


class QuantityForm(forms.Form):
    """The quantity that a buyer types on a product page, to see which price applies."""

    quantity = TypedDecimalField(
        required=False, min_value=0, max_digits=12, decimal_places=3,
        error_messages={"invalid": _("Write the quantity as a number, such as 600.")},
    )  # fmt: skip
    variant = forms.IntegerField(required=False, min_value=1, max_value=1000)
