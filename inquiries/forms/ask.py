"""What a buyer asks, and who asks where no account says so."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField
from inquiries.rules.messages import LONGEST_MESSAGE, BuyerWords, Question
from reference.choices import Unit
from reference.selectors import list_countries

MOST_QUANTITY = Decimal(99_999_999)


class AskForm(forms.Form):
    """The inquiry form of a product (`unit` is the listing's) or of a company (the buyer chooses a unit)."""

    quantity = NumberField(label=_("How much?"), most=MOST_QUANTITY)
    unit = forms.ChoiceField(label=_("Unit"), choices=[("", "–"), *Unit.choices], required=False)
    destination = forms.ChoiceField(label=_("To which country?"), required=False)
    place = forms.CharField(label=_("Town or port"), max_length=80, required=False)
    text = forms.CharField(
        label=_("Your message"), max_length=LONGEST_MESSAGE, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what you want to know.")},
    )  # fmt: skip
    wants_sample = forms.BooleanField(label=_("I want a sample first"), required=False)
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name.")},
    )  # fmt: skip
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We mail you a link. Your inquiry is sent when you open it."),
        error_messages={"required": _("Type your e-mail address, so that the answer finds you.")},
    )  # fmt: skip

    def __init__(self, *args: Any, unit: str, offers_sample: bool, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_ask_%s", **kwargs})
        self.fixed_unit = unit
        destination: Any = self.fields["destination"]
        destination.choices = [("", _("Choose a country")), *list_countries(language=get_language() or "en")]
        dropped = [("unit", bool(unit)), ("wants_sample", not offers_sample)]
        dropped += [(name, is_known) for name in ("name", "organisation", "email")]
        for name, is_dropped in dropped:
            if is_dropped:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A quantity has a unit."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("quantity") and not self.fixed_unit and not cleaned.get("unit"):
            self.add_error("unit", _t("Choose a unit for the quantity, such as kg."))
        return cleaned

    def read_question(self) -> Question:
        """What is asked."""
        said = self.cleaned_data
        return Question(
            text=said["text"], quantity=said["quantity"], unit=self.fixed_unit or said.get("unit", ""), place=said["place"],
            destination=said["destination"], wants_sample=said.get("wants_sample", False),
        )  # fmt: skip

    def read_buyer(self, *, language: str) -> BuyerWords:
        """Who asks, where no account says so."""
        said = self.cleaned_data
        return BuyerWords(
            email=said["email"].lower(), name=said["name"], organisation=said["organisation"], language=language
        )
