"""What an exporter types into a quotation, and what a buyer answers."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField, list_typed_rows, read_count
from inquiries.choices import LineKind
from inquiries.forms.thread import KEY_LENGTH
from inquiries.models import QuotationLine
from inquiries.rules.messages import LONGEST_MESSAGE
from inquiries.rules.quotations import MOST_LINES, MOST_PRICE, MOST_QUANTITY, LineTerms, Terms
from inquiries.selectors.quotations import complete_line
from listings.models import Listing
from reference.choices import Incoterm, Unit
from reference.selectors import list_currencies

PREFIX = "lines"
LINE_NAMES = ("kind", "listing", "description", "detail", "quantity", "unit", "unit_price", "floor", "request_line")
DAY = {"type": "date"}


class LineForm(forms.Form):
    """One line. A product of the company brings its name, its unit and its price for the quantity where those are left empty."""

    kind = forms.ChoiceField(label=_("What for"), choices=LineKind.choices, initial=LineKind.GOODS)
    listing = forms.TypedChoiceField(label=_("Product"), required=False, coerce=int, empty_value=None)
    description = forms.CharField(label=_("Description"), max_length=200, required=False)
    detail = forms.CharField(label=_("Detail"), max_length=300, required=False)
    quantity = NumberField(label=_("Quantity"), most=MOST_QUANTITY)
    unit = forms.ChoiceField(label=_("Unit"), choices=[("", "–"), *Unit.choices], required=False)
    unit_price = NumberField(label=_("Price of one"), decimals=4, most=MOST_PRICE, zero_allowed=True)
    floor = NumberField(
        label=_("Your lowest price"), decimals=4, most=MOST_PRICE, help_text=_("Only your team sees it.")
    )
    request_line = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, listings: Sequence[Listing] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices: Any = [("", _("Something else")), *((one.pk, str(one)) for one in listings)]
        self.fields["listing"].choices = choices  # type: ignore[attr-defined]  # the stubs see a plain Field

    @property
    def is_blank(self) -> bool:
        """Nothing was typed into this row."""
        names = ("listing", "description", "detail", "quantity", "unit_price", "floor")
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in names)

    def read_line(self) -> LineTerms:
        """The line, once it is clean."""
        said = self.cleaned_data
        return LineTerms(
            kind=said["kind"], description=said["description"], detail=said["detail"], quantity=said["quantity"],
            unit=said["unit"], unit_price=said["unit_price"], listing_id=said["listing"], floor=said["floor"],
            request_line_id=said["request_line"],
        )  # fmt: skip


LineFormSet = forms.formset_factory(
    LineForm, extra=0, can_delete=True, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES + 20
)


class TermsForm(forms.Form):
    """All but the lines. A draft may lack any of it; what sending needs is the service's to say."""

    currency = forms.ChoiceField(label=_("Currency"), required=False)
    incoterm = forms.ChoiceField(
        label=_("Incoterm 2020"), choices=[("", _("Choose one")), *Incoterm.choices], required=False
    )
    named_place = forms.CharField(
        label=_("Named place"), max_length=80, required=False, help_text=_("Such as Tema, or Hamburg.")
    )
    payment_terms = forms.CharField(
        label=_("Payment"), max_length=300, required=False, help_text=_("Such as 30% now, 70% against documents.")
    )
    lead_time_days = forms.IntegerField(
        label=_("Ready in how many days?"), required=False, min_value=0, max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), help_text=_("Counted from the order."),
        error_messages={"invalid": _("Write days in digits, such as 18.")},
    )  # fmt: skip
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2027-01-31.")}, help_text=_("This day included."),
    )  # fmt: skip
    documents = forms.CharField(
        label=_("Documents that come along"), max_length=300, required=False, help_text=_("Such as EUR.1, certificate of origin.")
    )  # fmt: skip
    notes = forms.CharField(
        label=_("Notes"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    key = forms.CharField(max_length=KEY_LENGTH, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        currencies: Any = [("", _("Choose one")), *list_currencies(language=get_language() or "en")]
        self.fields["currency"].choices = currencies  # type: ignore[attr-defined]  # the stubs see a plain Field


class QuotationEntry:
    """Terms and lines together: as they stand in the draft, as they were sent, or as they were typed with one row more or less."""

    def __init__(
        self, *, terms: Terms, listings: Sequence[Listing], version: int, key: str, data: Any = None, typed: Any = None
    ) -> None:
        options = {"listings": listings}
        self.terms: Terms | None = terms if data is None and typed is None else None
        self.prices = {one.pk: one for one in listings}
        if data is not None:
            self.form = TermsForm(data)
            messages = {"too_many_forms": _t("A quotation has at most 30 lines.")}
            self.rows = LineFormSet(data, prefix=PREFIX, form_kwargs=options, error_messages=messages)
        elif typed is not None:
            self.form = TermsForm(initial=typed.dict())
            self.rows = LineFormSet(prefix=PREFIX, form_kwargs=options, initial=_change_rows(typed))
        else:
            self.form = TermsForm(initial={**vars(terms), "version": version, "key": key})
            self.rows = LineFormSet(
                prefix=PREFIX, form_kwargs=options, initial=[_read(one) for one in terms.lines] or [{}]
            )

    def is_valid(self) -> bool:
        """What was typed can be kept; `terms` then holds it."""
        valid = [self.form.is_valid(), self.rows.is_valid()]
        if all(valid):
            kept = [row for row in self.rows.forms if not row.is_blank and not row.cleaned_data.get("DELETE")]
            said = {name: value for name, value in self.form.cleaned_data.items() if name not in {"key", "version"}}
            self.terms = Terms(**said, lines=tuple(self._complete(row.read_line()) for row in kept))
        return all(valid)

    def _complete(self, line: LineTerms) -> LineTerms:
        listing = self.prices.get(line.listing_id or 0)
        return complete_line(line=line, listing=listing) if listing else line


class AnswerForm(forms.Form):
    """Who answers a quotation, and which version they had before their eyes."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("It stands on the quotation, with the time."),
    )  # fmt: skip
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    key = forms.CharField(max_length=KEY_LENGTH, widget=forms.HiddenInput)


class CounterForm(AnswerForm):
    """What the buyer would agree to: a wish for each line, and words."""

    text = forms.CharField(
        label=_("What would you agree to?"), max_length=LONGEST_MESSAGE, required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Sequence[QuotationLine] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = tuple(lines)
        for position in self.positions:
            self.fields[f"quantity_{position}"] = NumberField(label=_("Quantity"), most=MOST_QUANTITY)
            self.fields[f"price_{position}"] = NumberField(label=_("Price of one"), decimals=4, most=MOST_PRICE)

    @property
    def positions(self) -> list[int]:
        """The places of the lines."""
        return [line.position for line in self.lines]

    @property
    def rows(self) -> list[tuple[Any, Any, QuotationLine]]:
        """Quantity, price and line, as the page shows them."""
        return [(self[f"quantity_{one.position}"], self[f"price_{one.position}"], one) for one in self.lines]

    def list_wishes(self) -> dict[int, tuple[Decimal | None, Decimal | None]]:
        """Quantity and price by the position of the line."""
        said = self.cleaned_data
        return {one: (said[f"quantity_{one}"], said[f"price_{one}"]) for one in self.positions}


class ReasonForm(forms.Form):
    """Why somebody says no or takes something back."""

    reason = forms.CharField(
        label=_("A few words"), max_length=LONGEST_MESSAGE, required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}), help_text=_("The other side reads them."),
    )  # fmt: skip
    key = forms.CharField(max_length=KEY_LENGTH, widget=forms.HiddenInput)


class DeclineQuotationForm(AnswerForm):
    """No, with or without a reason."""

    reason = forms.CharField(
        label=_("Why not?"), max_length=LONGEST_MESSAGE, required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}), help_text=_("The exporter learns from it."),
    )  # fmt: skip


def _read(line: LineTerms) -> dict[str, Any]:
    return {**vars(line), "listing": line.listing_id, "request_line": line.request_line_id}


def _change_rows(typed: Mapping[str, Any]) -> list[dict[str, str]]:
    """The same rows with one more, or one less, as the buttons without JavaScript ask."""
    rows = list_typed_rows(typed, prefix=PREFIX, names=LINE_NAMES, most=MOST_LINES)
    if "add_line" in typed and len(rows) < MOST_LINES:
        rows = [*rows, {}]
    remove = read_count(str(typed.get("remove_line", "")))
    return [row for place, row in enumerate(rows) if place != remove] or [{}]
