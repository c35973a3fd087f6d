"""Step 2: currency, terms, who sees the price, and the price breaks."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField, list_typed, list_typed_rows, read_count
from core.money import Money, format_money
from listings.choices import PriceVisibility
from listings.forms.basics import list_units
from listings.models import ListingRevision
from listings.rules.prices import MOST_BREAKS, Break, BreakProblem, TypedBreak, check_breaks, sort_breaks
from listings.selectors.words import format_quantity
from reference.choices import Incoterm
from reference.selectors import list_currencies

PREFIX = "breaks"
BREAK_FIELDS = ("quantity", "price")


class OfferForm(forms.Form):
    """Everything about the price but the breaks."""

    currency = forms.ChoiceField(label=_("Currency"), required=False)
    unit = forms.ChoiceField(label=_("Sold by the"), required=False, choices=list_units)
    incoterm = forms.ChoiceField(
        label=_("Price includes"), required=False, choices=[("", _("Choose the terms")), *Incoterm.choices]
    )
    incoterm_place = forms.CharField(
        label=_("Named place"),
        max_length=80,
        required=False,
        help_text=_("The port or town that belongs to the terms, such as Tema."),
    )
    price_visibility = forms.ChoiceField(
        label=_("Who sees the price"), choices=PriceVisibility.choices, widget=forms.RadioSelect, required=False
    )
    minimum_order = NumberField(
        label=_("Minimum order"), help_text=_("The smallest order that you take. Empty: the first price below decides.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["currency"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("Choose a currency")), *list_currencies(language=get_language() or "en")]

    def clean_price_visibility(self) -> str:
        return str(self.cleaned_data["price_visibility"] or PriceVisibility.PUBLIC)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("incoterm") and not cleaned.get("incoterm_place") and "incoterm_place" not in self.errors:
            self.add_error(
                "incoterm_place", gettext("Name the place that belongs to %(terms)s.") % {"terms": cleaned["incoterm"]}
            )
        if cleaned.get("incoterm_place") and not cleaned.get("incoterm") and "incoterm" not in self.errors:
            self.add_error("incoterm", gettext("Say what the price includes up to this place."))
        return cleaned


class BreakForm(forms.Form):
    """One row: from this quantity on, each costs this."""

    quantity = NumberField(label=_("From"))
    price = NumberField(label=_("Price each"), decimals=4)


BreakFormSet = forms.formset_factory(
    BreakForm, extra=0, can_delete=True, max_num=MOST_BREAKS, validate_max=True, absolute_max=MOST_BREAKS + 20
)


class OfferEntry:
    """The form and its rows, judged together."""

    def __init__(self, *, data: Any = None, revision: ListingRevision | None = None, typed: Any = None) -> None:
        self.revision = revision
        if data is not None:
            self.form = OfferForm(data)
            self.breaks = BreakFormSet(
                data, prefix=PREFIX, error_messages={"too_many_forms": gettext("Give at most six prices.")}
            )
        elif typed is not None:
            rows = list_typed_rows(typed, prefix=PREFIX, names=BREAK_FIELDS, most=MOST_BREAKS)
            self.form = OfferForm(initial=list_typed(typed, names=list(OfferForm.base_fields)))
            self.breaks = _change_rows(rows, typed)
        else:
            self.form, self.breaks = _read(revision)
        self.clean_breaks: tuple[Break, ...] = ()

    def is_valid(self) -> bool:
        """Both parts are right, and together; errors stand at the rows."""
        form_ok, rows_ok = self.form.is_valid(), self.breaks.is_valid()
        rows = self._list_rows()
        problems = check_breaks(rows, minimum_order=self.form.cleaned_data.get("minimum_order"))
        terms = {name: self.form.cleaned_data.get(name) or "" for name in ("unit", "currency")}
        for problem in problems:
            self.breaks.forms[problem.row].add_error(problem.field, explain_break(problem, **terms))
        is_priced = bool(rows or (self.revision and self.revision.has_variant_prices))
        if is_priced and not self.form.cleaned_data.get("currency") and "currency" not in self.form.errors:
            self.form.add_error("currency", gettext("Choose the currency of your prices."))
            return False
        self.clean_breaks = sort_breaks(rows)
        return form_ok and rows_ok and not problems

    def _list_rows(self) -> list[TypedBreak]:
        deleted = (
            self.breaks.deleted_forms
            if self.breaks.is_valid()
            else [f for f in self.breaks.forms if f.data.get(f.add_prefix("DELETE"))]
        )
        return [
            TypedBreak(row, form.cleaned_data.get("quantity"), form.cleaned_data.get("price"))
            for row, form in enumerate(self.breaks.forms)
            if form not in deleted
            and not form.errors
            and (form.cleaned_data.get("quantity") or form.cleaned_data.get("price"))
        ]


def explain_break(problem: BreakProblem, *, unit: str, currency: str) -> str:
    """What is wrong with a price break, with its numbers in the reader's way of writing."""
    values: dict[str, str] = {}
    if "quantity" in problem.values:
        values["quantity"] = format_quantity(number=problem.values["quantity"], unit=unit)
    if "price" in problem.values:
        price = problem.values["price"]
        values["price"] = (
            format_money(Money(price, currency), language=get_language() or "en") if currency else str(price)
        )
    return gettext(problem.message) % values


def _read(revision: ListingRevision | None) -> tuple[OfferForm, Any]:
    if revision is None:
        return OfferForm(), BreakFormSet(prefix=PREFIX, initial=[{}])
    names = list(OfferForm.base_fields)
    rows: list[dict[str, Decimal]] = [
        {"quantity": row.minimum_quantity, "price": row.unit_price} for row in revision.price_breaks.all()
    ]
    form = OfferForm(initial={name: getattr(revision, name) for name in names})
    return form, BreakFormSet(prefix=PREFIX, initial=rows or [{}])


def _change_rows(rows: list[dict[str, str]], typed: Mapping[str, Any]) -> Any:
    """The same rows with one more, or one less, as the button without JavaScript asks."""
    if "add_break" in typed and len(rows) < MOST_BREAKS:
        rows = [*rows, {}]
    remove = read_count(str(typed.get("remove_break", "")))
    rows = [row for place, row in enumerate(rows) if place != remove]
    return BreakFormSet(prefix=PREFIX, initial=rows or [{}])
