"""Forwarders in the register, and what one of them answers."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField
from reference.selectors import list_currencies
from shipping.choices import CardMode
from shipping.forms.duties import CountriesField
from shipping.models import Forwarder
from shipping.rules.forwarding import (
    EXTRA_LEGS,
    LONGEST_NOTE,
    LONGEST_REFUSAL,
    LONGEST_TRANSIT_DAYS,
    OFFER_HOLDS_AT_MOST,
    ForwarderOffer,
)
from shipping.rules.incoterms import LEG_NAMES
from shipping.services.forwarders import ForwarderFacts

WORDS = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
FACTS = ("name", "email", "language", "countries")


class ForwarderForm(forms.ModelForm[Forwarder]):
    """A forwarder, of the agency or of the firm that the given instance names."""

    countries = CountriesField(
        label=_("Countries to which they carry"), max_length=1000, required=False,
        help_text=_("Two letters each, such as DE NL FR. Leave it empty where they carry to anywhere."),
    )  # fmt: skip

    class Meta:
        model = Forwarder
        fields: tuple[str, ...] = FACTS
        help_texts = {"language": _("Requests are mailed in this language.")}
        error_messages = {
            "name": {"required": _("Write the forwarder’s name.")},
            "email": {"required": _("Write the mail address that takes requests.")},
        }

    def clean_email(self) -> str:
        """In lower case; one address stands for one forwarder of the agency, or of a firm."""
        email = str(self.cleaned_data["email"]).lower()
        others = Forwarder.objects.filter(company=self.instance.company_id, email=email).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_t("There is a forwarder with this address already."))
        return email

    def read(self) -> ForwarderFacts:
        """What was written, once it is clean."""
        return ForwarderFacts(**{name: self.cleaned_data[name] for name in FACTS})


class AgencyForwarderForm(ForwarderForm):
    """The same with the switch, for the officers' record page."""

    class Meta(ForwarderForm.Meta):
        fields = (*FACTS, "is_active")


class OfferForm(forms.Form):
    """What a forwarder asks for the whole load."""

    amount = NumberField(
        label=_("Price for all of it"), decimals=2, most=Decimal(9_999_999_999), required=True,
        error_messages={"required": _("Write the price, without taxes.")}, help_text=_("Without taxes and duties."),
    )  # fmt: skip
    currency = forms.ChoiceField(label=_("Currency"), error_messages={"required": _("Choose the currency.")})
    mode = forms.ChoiceField(
        label=_("How do the goods go?"), choices=[("", _("Choose")), *CardMode.choices], error_messages={"required": _("Choose how the goods go.")}
    )  # fmt: skip
    transit_days = forms.IntegerField(
        label=_("Days on the way"), min_value=1, max_value=LONGEST_TRANSIT_DAYS, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write a whole number of days.")},
    )  # fmt: skip
    valid_until = forms.DateField(
        label=_("The price holds until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say until which day the price holds."), "invalid": _("Write the day as 2027-01-31.")},
    )  # fmt: skip
    legs = forms.MultipleChoiceField(
        label=_("What is within the price?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("The main carriage always is. Tick what you do beside it."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"), max_length=LONGEST_NOTE, required=False, strip=False, widget=WORDS,
        help_text=_("Whoever reads the offer reads it. No bank account: nobody pays by this page."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        currency: Any = self.fields["currency"]
        currency.choices = [("", _("Choose")), *list_currencies(language=get_language() or "en")]
        legs: Any = self.fields["legs"]
        legs.choices = [(leg.value, capfirst(_t(LEG_NAMES[leg]))) for leg in EXTRA_LEGS]
        today = timezone.localdate()
        self.fields["valid_until"].widget.attrs |= {
            "min": today.isoformat(), "max": (today + OFFER_HOLDS_AT_MOST).isoformat(),
        }  # fmt: skip

    def read(self) -> ForwarderOffer:
        """The offer, once it is clean."""
        said = self.cleaned_data
        return ForwarderOffer(
            said["amount"], said["currency"], said["mode"], said["valid_until"], said["transit_days"], tuple(said["legs"]), said["note"]
        )  # fmt: skip


class RefusalForm(forms.Form):
    """Why it cannot be carried."""

    reason = forms.CharField(
        label=_("Why not?"), max_length=LONGEST_REFUSAL, strip=False, widget=WORDS, help_text=_("Whoever asked reads it."),
        error_messages={"required": _("Say in a few words why you cannot carry it.")},
    )  # fmt: skip


class ChosenForm(forms.Form):
    """The forwarders that were ticked on a lookup's page; what is no number is none of them."""

    forwarders = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        typed = self.data.getlist("forwarders") if hasattr(self.data, "getlist") else []
        chosen: Any = self.fields["forwarders"]
        chosen.choices = [(one, one) for one in typed if one.isdecimal() and len(one) < 19]
