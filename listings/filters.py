"""The address of a search, cleaned: what a page forgives and what the API refuses."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.numbers import parse_number
from listings.registry import list_search_fields
from listings.rules.ranges import LEAD_TIME_RANGES, MINIMUM_ORDER_RANGES
from listings.rules.searching import EVIDENCE_LEVELS, Query, Sort
from reference.selectors import CURRENCIES, list_countries

SORT_LABELS = {
    Sort.BEST: _("Best match"),
    Sort.NEWEST: _("Newest"),
    Sort.SMALLEST_ORDER: _("Smallest minimum order"),
    Sort.FASTEST: _("Fastest to ship"),
    Sort.LOWEST_PRICE: _("Lowest price"),
}
PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
YES = [("yes", _("Yes"))]
MANY = ("category", "country", "certificate", "moq", "lead")
PARAMETERS = ("q", *MANY, "evidence", "verified", "sample", "currency", "price_min", "price_max", "sort", "page")


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


def _pairs(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


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
    moq = forms.MultipleChoiceField(required=False, choices=_pairs(MINIMUM_ORDER_RANGES))
    lead = forms.MultipleChoiceField(required=False, choices=_pairs(LEAD_TIME_RANGES))
    sample = forms.ChoiceField(required=False, choices=YES)
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

    def __init__(self, data: QueryDict, *, categories: Sequence[str], schemes: Sequence[str]) -> None:
        super().__init__(data)
        known: Mapping[str, Any] = self.fields
        known["category"].choices = _pairs(categories)
        known["certificate"].choices = _pairs(schemes)
        for registered in list_search_fields():
            self.fields[registered.name] = forms.MultipleChoiceField(
                required=False, choices=_pairs(list(registered.values))
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        low, high = cleaned.get("price_min"), cleaned.get("price_max")
        if low is not None and high is not None and low > high:
            self.add_error("price_min", _("The lowest price is above the highest. Swap them."))
        if not cleaned.get("currency") and (low is not None or high is not None):
            self.add_error("price_min", _("Choose a currency first: prices are compared within one currency."))
        if not cleaned.get("currency") and cleaned.get("sort") == Sort.LOWEST_PRICE:
            self.add_error("sort", _("Choose a currency first: prices are compared within one currency."))
        return cleaned

    def build_query(self, *, scope: str, page_size: int) -> Query:
        """The question without what was wrong in it: an old link or a mistyped value is left out."""
        cleaned: Mapping[str, Any] = getattr(self, "cleaned_data", {})
        return Query(
            text=cleaned.get("q", "").strip(),
            scope=scope,
            **{name: tuple(cleaned.get(name, ())) for name in MANY},
            evidence=cleaned.get("evidence", ""),
            verified=cleaned.get("verified") == "yes",
            sample=cleaned.get("sample") == "yes",
            currency=cleaned.get("currency", ""),
            price_min=cleaned.get("price_min"),
            price_max=cleaned.get("price_max"),
            sort=Sort(cleaned.get("sort") or Sort.BEST),
            page=cleaned.get("page") or 1,
            page_size=page_size,
            registered={field.name: tuple(cleaned.get(field.name, ())) for field in list_search_fields()},
        )

    def explain_price_error(self) -> str:
        """What is wrong with the price range, "" if nothing; without a currency the range is not looked at."""
        if not self.cleaned_data.get("currency"):
            return ""
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
