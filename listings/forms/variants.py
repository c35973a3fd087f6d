"""The variants of a product: one row each, with its own numbers and prices."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField, list_typed_rows, read_count
from listings.forms.fields import GtinField
from listings.forms.offer import explain_break
from listings.models import ListingRevision
from listings.rules.prices import TypedBreak, check_breaks, sort_breaks
from listings.rules.variants import MOST_VARIANT_PRICES, MOST_VARIANTS, VariantFacts, check_variants

PREFIX = "variants"
PLACES = range(1, MOST_VARIANT_PRICES + 1)


class VariantForm(forms.Form):
    """One variant: a name, its numbers and up to four prices by quantity."""

    name = forms.CharField(label=_("Variant"), max_length=80, required=False)
    article_number = forms.CharField(
        label=_("Article number (SKU)"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"})
    )  # fmt: skip
    gtin = GtinField(label=_("GTIN"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for place in PLACES:
            self.fields[f"quantity_{place}"] = NumberField(label=_("From"))
            self.fields[f"price_{place}"] = NumberField(label=_("Price each"), decimals=4)

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Quantity and price side by side, as the row shows them."""
        return [(self[f"quantity_{place}"], self[f"price_{place}"]) for place in PLACES]

    @property
    def has_more_prices(self) -> bool:
        """Whether more than the first price is given or wrong: the row then opens by itself."""
        return any(field.errors or field.value() not in {None, ""} for pair in self.pairs[1:] for field in pair)

    @property
    def is_blank(self) -> bool:
        """Nothing was typed into this row."""
        return not any(
            str(self.data.get(self.add_prefix(name), "")).strip() for name in self.fields if name != "DELETE"
        )

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_article_number(self) -> str:
        return " ".join(str(self.cleaned_data["article_number"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.is_blank and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", gettext("Name this variant, such as its size or colour."))
        return cleaned

    def read_prices(self, *, smallest: Decimal | None) -> list[TypedBreak]:
        """The prices as typed; the first one starts at the smallest order where nothing else is said."""
        rows = [
            TypedBreak(place, self.cleaned_data.get(f"quantity_{place}"), self.cleaned_data.get(f"price_{place}"))
            for place in PLACES
        ]
        first = rows[0]
        if first.quantity is None and first.price is not None:
            rows[0] = TypedBreak(first.row, smallest or Decimal(1), first.price)
        return [row for row in rows if row.quantity is not None or row.price is not None]


VariantFormSet = forms.formset_factory(
    VariantForm, extra=0, can_delete=True, max_num=MOST_VARIANTS, validate_max=True, absolute_max=MOST_VARIANTS + 20
)


class VariantsEntry:
    """The rows, judged together with the product's own numbers and terms."""

    def __init__(self, *, revision: ListingRevision, data: Any = None, typed: Any = None) -> None:
        self.revision = revision
        self.variants: tuple[VariantFacts, ...] = ()
        if data is not None:
            messages = {"too_many_forms": gettext("Give at most 30 variants.")}
            self.rows = VariantFormSet(data, prefix=PREFIX, error_messages=messages)
        elif typed is not None:
            self.rows = VariantFormSet(prefix=PREFIX, initial=_change_rows(typed))
        else:
            self.rows = VariantFormSet(prefix=PREFIX, initial=_read(revision) or [{}])

    def is_valid(self) -> bool:
        """Each row is right, and all together; errors stand at the rows."""
        rows_ok = self.rows.is_valid()
        kept = [
            (place, form)
            for place, form in enumerate(self.rows.forms)
            if not form.is_blank and not form.data.get(form.add_prefix("DELETE"))
        ]
        found = [(place, self._judge(form)) for place, form in kept if not form.errors]
        for problem in check_variants(found, article_number=self.revision.article_number, gtin=self.revision.gtin):
            self.rows.forms[problem.row].add_error(problem.field, gettext(problem.message))
        self.variants = tuple(facts for _place, facts in found)
        if any(facts.prices for facts in self.variants) and not self.revision.currency:
            form, field = next(
                (form, f"price_{place}")
                for _row, form in kept
                for place in PLACES
                if form.cleaned_data.get(f"price_{place}")
            )
            form.add_error(field, gettext("Choose the currency first, in “Pictures and price”."))
        return rows_ok and not any(form.errors for _place, form in kept)

    def _judge(self, form: Any) -> VariantFacts:
        typed = form.read_prices(smallest=self.revision.minimum_order)
        for problem in check_breaks(typed, minimum_order=None):
            message = explain_break(problem, unit=self.revision.unit, currency=self.revision.currency)
            form.add_error(f"{problem.field}_{problem.row}", message)
        cleaned = form.cleaned_data
        return VariantFacts(cleaned["name"], cleaned["article_number"], cleaned["gtin"], sort_breaks(typed))


def _read(revision: ListingRevision) -> list[dict[str, Any]]:
    rows = []
    for variant in revision.variants.all():
        row: dict[str, Any] = {"name": variant.name, "article_number": variant.article_number, "gtin": variant.gtin}
        for place, price in enumerate(variant.prices.all(), start=1):
            row |= {f"quantity_{place}": price.minimum_quantity, f"price_{place}": price.unit_price}
        rows.append(row)
    return rows


def _change_rows(typed: Mapping[str, Any]) -> list[dict[str, str]]:
    """The same rows with one more, or one less, as the buttons without JavaScript ask."""
    names = [*VariantForm.base_fields, *(f"{kind}_{place}" for place in PLACES for kind in ("quantity", "price"))]
    rows = list_typed_rows(typed, prefix=PREFIX, names=names, most=MOST_VARIANTS)
    if "add_variant" in typed and len(rows) < MOST_VARIANTS:
        rows = [*rows, {}]
    remove = read_count(str(typed.get("remove_variant", "")))
    return [row for place, row in enumerate(rows) if place != remove] or [{}]
