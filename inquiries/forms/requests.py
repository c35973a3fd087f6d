"""A request for quotation: terms that hold for all, and its lines, with a button for one more that needs no JavaScript."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from certifications.models import Scheme
from certifications.selectors.certificates import list_schemes
from core.fields import HsCodeField, NumberField, list_typed_rows, read_count
from inquiries.forms.thread import FILE_TYPES, KEY_LENGTH, FilesField, FilesInput
from inquiries.rules.messages import BuyerWords
from inquiries.rules.requests import (
    LATEST_NEED,
    LONGEST_NOTE,
    LONGEST_SPECIFICATION,
    MOST_INVITED,
    MOST_LINES,
    MOST_QUANTITY,
    USUAL_INVITED,
    LineWords,
    RequestWords,
)
from inquiries.rules.units import fits_unit, list_fitting_units
from listings.models import Listing
from listings.selectors.words import format_unit
from moderation.models import Case
from reference.choices import Incoterm, Unit
from reference.selectors import list_countries, list_currencies

PREFIX = "lines"
FIRST_ROWS = 2
LINE_FIELDS = ("listing", "description", "hs_code", "quantity", "unit", "target_price", "specification")
ROW_BUTTONS = ("add_line", "remove_line")


class RequestForm(forms.Form):
    """Everything but the lines; who is known is not asked who they are, and only they send files with the form."""

    title = forms.CharField(
        label=_("What is it about?"), max_length=120, help_text=_("A few words, such as “Coffee for the spring season”."),
        error_messages={"required": _("Give the request a title of a few words.")},
    )  # fmt: skip
    destination = forms.ChoiceField(
        label=_("To which country?"), error_messages={"required": _("Choose the country that the goods go to.")}
    )
    place = forms.CharField(label=_("Town or port"), max_length=80, required=False)
    incoterm = forms.ChoiceField(
        label=_("Terms that you wish for"),
        required=False,
        choices=[("", _("As the exporter proposes")), *Incoterm.choices],
    )
    needed_by = forms.DateField(
        label=_("Needed by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("When the goods should be ready to ship."), error_messages={"invalid": _("Write the day as 2027-01-31.")},
    )  # fmt: skip
    currency = forms.ChoiceField(label=_("Currency of your target prices"), required=False)
    schemes = forms.ModelMultipleChoiceField(
        Scheme.objects.none(), label=_("Certificates that you demand"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only exporters with a verified one that covers the product are asked."),
        error_messages={"invalid_choice": _("One of the certificates is no longer in the list. Choose again.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("What else should they know?"), max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )  # fmt: skip
    files = FilesField(  # type: ignore[assignment]  # the form's class is made without it
        label=_("Files"), required=False, widget=FilesInput(attrs={"accept": FILE_TYPES, "data-shrink": "2000"}),
        help_text=_("At most 5 files of 10 MB each: JPEG, PNG, WebP, HEIC or PDF."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name.")},
    )  # fmt: skip
    organisation = forms.CharField(
        label=_("Organisation"), max_length=160, required=False, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We mail you a link. Your request is sent when you open it."),
        error_messages={"required": _("Type your e-mail address, so that the answers find you.")},
    )  # fmt: skip
    key = forms.CharField(max_length=KEY_LENGTH, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_known: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "en"
        fields: Any = self.fields
        fields["destination"].choices = [("", _t("Choose a country")), *list_countries(language=language)]
        fields["currency"].choices = [("", _t("Choose a currency")), *list_currencies(language=language)]
        fields["schemes"].queryset = list_schemes()
        for name in ("name", "organisation", "email") if is_known else ("files",):
            del fields[name]

    def clean_needed_by(self) -> Any:
        day, today = self.cleaned_data["needed_by"], timezone.localdate()
        if day is not None and not today < day <= today + LATEST_NEED:
            raise forms.ValidationError(_t("Choose a day after today, and within three years."))
        return day


class LineForm(forms.Form):
    """One line; where it is put to one exporter, their products can be chosen."""

    listing = forms.TypedChoiceField(label=_("Product"), required=False, coerce=int, empty_value=None)
    description = forms.CharField(label=_("What do you need?"), max_length=120, required=False)
    hs_code = HsCodeField(label=_("HS code"), max_length=12, required=False, help_text=_("Six digits, if you know it."))
    quantity = NumberField(label=_("Quantity"), most=MOST_QUANTITY)
    unit = forms.ChoiceField(label=_("Unit"), choices=[("", "–"), *Unit.choices], required=False)
    target_price = NumberField(label=_("Target price for each"), decimals=4, most=MOST_QUANTITY)
    specification = forms.CharField(
        label=_("Specification"), max_length=LONGEST_SPECIFICATION, required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )  # fmt: skip

    def __init__(self, *args: Any, listings: Sequence[Listing] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.listings = {listing.pk: listing for listing in listings}
        choices: Any = [("", _t("Something else")), *((pk, str(listing)) for pk, listing in self.listings.items())]
        self.fields["listing"].choices = choices  # type: ignore[attr-defined]  # the stubs see a plain Field
        if not listings:
            del self.fields["listing"]

    @property
    def is_filled(self) -> bool:
        """Something was typed into it."""
        return any(self.cleaned_data.get(name) for name in LINE_FIELDS if name != "unit")

    def clean(self) -> dict[str, Any]:
        """A line says what, how much, and by a unit that the product is sold by."""
        said = super().clean() or self.cleaned_data
        if not self.is_filled:
            return said
        chosen = self.listings.get(said.get("listing") or 0)
        if chosen is None and not said.get("description") and "description" not in self.errors:
            self.add_error("description", _t("Say what you need in this line."))
        if not said.get("quantity") and "quantity" not in self.errors:
            self.add_error("quantity", _t("Say how much you need."))
        self._check_unit(said.get("unit", ""), chosen)
        return said

    def _check_unit(self, unit: str, chosen: Listing | None) -> None:
        sold_by = chosen.live_revision.unit if chosen and chosen.live_revision else ""
        if not unit:
            self.add_error("unit", _t("Choose a unit for the quantity, such as kg."))
        elif sold_by and not fits_unit(unit, sold_by):
            units = ", ".join(format_unit(unit=one) for one in list_fitting_units(sold_by))
            self.add_error(
                "unit", _t("This product is not sold by this unit. Choose one of: %(units)s.") % {"units": units}
            )

    def read_line(self) -> LineWords:
        """What was typed, with the product's name where one was chosen."""
        said = self.cleaned_data
        chosen = self.listings.get(said.get("listing") or 0)
        return LineWords(
            description=said["description"] or str(chosen), quantity=said["quantity"], unit=said["unit"], hs_code=said["hs_code"],
            listing_id=chosen.pk if chosen else None, listing_unit=chosen.live_revision.unit if chosen and chosen.live_revision else "",
            specification=said["specification"], target_price=said["target_price"],
        )  # fmt: skip


LineFormSet = forms.formset_factory(
    LineForm, extra=0, can_delete=True, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES + 20
)


class RequestEntry:
    """The form and its lines, judged together."""

    def __init__(
        self,
        *,
        is_known: bool,
        listings: Sequence[Listing],
        initial: Any = None,
        rows: Any = None,
        data: Any = None,
        files: Any = None,
    ) -> None:
        self.form = RequestForm(data, files, is_known=is_known, initial=initial)
        messages = {
            "too_many_forms": _t("A request carries at most %(most)s lines. Send the others in a second one.")
            % {"most": MOST_LINES}
        }
        self.lines: Any = LineFormSet(
            data, prefix=PREFIX, form_kwargs={"listings": listings}, error_messages=messages, initial=rows if data is None else None
        )  # fmt: skip

    def is_valid(self) -> bool:
        """Both parts are right, and there is something to quote."""
        form_ok, rows_ok = self.form.is_valid(), self.lines.is_valid()
        if not (form_ok and rows_ok):
            return False
        filled = self._list_filled()
        if not filled:
            self.lines.forms[0].add_error("description", _t("Say what you need: fill in at least one line."))
            return False
        if any(row.cleaned_data.get("target_price") for row in filled) and not self.form.cleaned_data["currency"]:
            self.form.add_error("currency", _t("Choose the currency of your target prices."))
            return False
        return True

    def read_words(self) -> RequestWords:
        """What is requested; only of a valid entry."""
        said = self.form.cleaned_data
        return RequestWords(
            title=said["title"], destination=said["destination"], place=said["place"], incoterm=said["incoterm"], needed_by=said["needed_by"],
            text=said["text"], currency=said["currency"], scheme_ids=[scheme.pk for scheme in said["schemes"]],
            lines=[row.read_line() for row in self._list_filled()],
        )  # fmt: skip

    def read_buyer(self, *, language: str) -> BuyerWords:
        """Who asks, where no account says so."""
        said = self.form.cleaned_data
        return BuyerWords(
            email=said["email"].lower(), name=said["name"], organisation=said["organisation"], language=language
        )

    def _list_filled(self) -> list[LineForm]:
        deleted = self.lines.deleted_forms
        return [row for row in self.lines.forms if row not in deleted and row.is_filled]


def retype_entry(*, typed: Any, is_known: bool, listings: Sequence[Listing]) -> RequestEntry:
    """What was typed, unjudged, with one line more or one less, as the button without JavaScript asks."""
    rows = list_typed_rows(typed, prefix=PREFIX, names=LINE_FIELDS, most=MOST_LINES)
    if "add_line" in typed and len(rows) < MOST_LINES:
        rows = [*rows, {}]
    removed = read_count(str(typed.get("remove_line", "")))
    rows = [row for place, row in enumerate(rows) if place != removed]
    initial = {name: typed[name] for name in RequestForm.base_fields if name in typed} | {
        "schemes": typed.getlist("schemes")
    }
    return RequestEntry(is_known=is_known, listings=listings, initial=initial, rows=rows or [{}])


def asks_for_lines(typed: Any) -> bool:
    """The button that adds or removes a line was pressed."""
    return any(name in typed for name in ROW_BUTTONS)


def make_first_rows(chosen: Listing | None, quantity: str) -> list[dict[str, Any]]:
    """Empty lines to begin with; the first is about the product whose page led here."""
    if chosen is None or chosen.live_revision is None:
        return [{} for _row in range(FIRST_ROWS)]
    return [
        {"listing": chosen.pk, "unit": chosen.live_revision.unit, "quantity": quantity},
        *[{} for _row in range(FIRST_ROWS - 1)],
    ]


class RequestFilesForm(forms.Form):
    """Files that are added later."""

    files = FilesField(  # type: ignore[assignment]  # the form's class is made without it
        label=_("Files"), widget=FilesInput(attrs={"accept": FILE_TYPES, "data-shrink": "2000"}),
        help_text=_("At most 5 files of 10 MB each: JPEG, PNG, WebP, HEIC or PDF."), error_messages={"required": _("Choose a file.")},
    )  # fmt: skip


class ConfirmFilesForm(forms.Form):
    """Files that go along when a request is sent by its mailed link: who has no account can add them here alone."""

    files = FilesField(  # type: ignore[assignment]  # the form's class is made without it
        label=_("Files"), required=False, widget=FilesInput(attrs={"accept": FILE_TYPES, "data-shrink": "2000"}),
        help_text=_("At most 5 files of 10 MB each: JPEG, PNG, WebP, HEIC or PDF."),
    )  # fmt: skip


class SourcingForm(forms.Form):
    """How many exporters an approved sourcing request goes to."""

    most = forms.IntegerField(
        label=_("Ask at most so many exporters"), min_value=1, max_value=MOST_INVITED, initial=USUAL_INVITED,
        help_text=_("Fewer are asked when fewer fit."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, case: Case) -> None:  # noqa: ARG002  every kind's form is told its case
        super().__init__(data)
