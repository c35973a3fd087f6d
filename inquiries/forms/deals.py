"""What both sides say of a deal and of a sample."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField
from inquiries.choices import HelpMattered, Payer
from inquiries.forms.thread import KEY_LENGTH
from inquiries.rules.messages import LONGEST_MESSAGE
from inquiries.services.deals import Confirmation
from inquiries.services.samples import Parcel, SampleWish
from reference.choices import Unit

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
DAY_ERRORS = {"required": _("Say on which day."), "invalid": _("Write the day as 2027-01-31.")}
WORDS = forms.Textarea(attrs={"rows": 3, "dir": "auto"})


class DayForm(forms.Form):
    """On which day it happened."""

    on = forms.DateField(label=_("On which day?"), widget=DAY, error_messages=DAY_ERRORS)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = timezone.localdate


class ConfirmForm(forms.Form):
    """What was paid, and whether the agency's help mattered."""

    value = NumberField(label=_("What did you pay in all?"), decimals=4, most=Decimal(99_999_999_999), required=True)
    help_mattered = forms.ChoiceField(
        label=_("Did the agency’s help matter for this deal?"), choices=HelpMattered.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one: “I do not know” is an answer too.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("A few words"), max_length=LONGEST_MESSAGE, required=False, strip=False, widget=WORDS, help_text=_("The exporter and the agency read them.")
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def read(self) -> Confirmation:
        """What was said, once it is clean."""
        said = self.cleaned_data
        return Confirmation(said["value"], said["help_mattered"], said["words"], said["name"])


class WhyForm(forms.Form):
    """Why something does not happen."""

    reason = forms.CharField(
        label=_("Why?"), max_length=LONGEST_MESSAGE, strip=False, widget=WORDS, help_text=_("The other side reads it."),
        error_messages={"required": _("Say why: the other side reads it.")},
    )  # fmt: skip


class MissingForm(forms.Form):
    """The goods have not arrived."""

    words = forms.CharField(
        label=_("A few words"), max_length=LONGEST_MESSAGE, required=False, strip=False, widget=WORDS, help_text=_("The exporter reads them.")
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Say who you are.")},
    )  # fmt: skip


class SampleForm(forms.Form):
    """What sample, where to, and who pays."""

    description = forms.CharField(label=_("Sample of what?"), max_length=200)
    quantity = NumberField(label=_("How much?"), most=Decimal(100_000), required=True)
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices)
    address = forms.CharField(
        label=_("Address, with a phone number for the courier"), max_length=500, widget=WORDS,
        error_messages={"required": _("Write the address that the sample goes to, with a phone number for the courier.")},
        help_text=_("Only the exporter’s team sees it."),
    )  # fmt: skip
    payer = forms.ChoiceField(label=_("Who pays?"), choices=Payer.choices, widget=forms.RadioSelect)
    key = forms.CharField(max_length=KEY_LENGTH, widget=forms.HiddenInput)

    def read(self) -> SampleWish:
        """The wish, once it is clean."""
        names = ("description", "quantity", "unit", "address", "payer")
        return SampleWish(**{name: self.cleaned_data[name] for name in names})


class ParcelForm(DayForm):
    """How a sample was sent."""

    courier = forms.CharField(label=_("Courier"), max_length=80, error_messages={"required": _("Name the courier.")})
    tracking_number = forms.CharField(
        label=_("Tracking number"), max_length=60, widget=forms.TextInput(attrs={"dir": "ltr"}),
        error_messages={"required": _("Write the tracking number.")},
    )  # fmt: skip

    def read(self) -> Parcel:
        """The parcel, once it is clean."""
        said = self.cleaned_data
        return Parcel(said["courier"], said["tracking_number"], said["on"])


class PaperNoteForm(forms.Form):
    """Which paper an officer has seen."""

    note = forms.CharField(
        label=_("Which paper did you see?"), max_length=300, help_text=_("Such as: commercial invoice 2026-117 of 3 Nov 2026."),
        error_messages={"required": _("Write which paper you saw, with its number and day.")},
    )  # fmt: skip
