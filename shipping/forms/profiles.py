"""A shipping profile as an exporter types it: its place, and a row for each of the exporter's own legs."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField
from reference.selectors import list_countries, list_currencies
from shipping.choices import ChargeBasis, ProfileLeg
from shipping.models import ShippingProfile
from shipping.rules.profiles import Charge, ProfileFacts
from shipping.rules.zones import LOCODE, LONGEST_POSTCODE
from shipping.selectors.card_plans import list_known_countries
from shipping.selectors.profiles import read_charge

MOST_AMOUNT = Decimal(10_000_000)
PLACE = ("name", "country", "city", "postcode", "locode")


class ProfileForm(forms.Form):
    """Where the goods leave from, how soon, and what insurance costs."""

    name = forms.CharField(
        label=_("Name of the profile"), max_length=80, help_text=_("For your team, such as “Tema, by lorry”."),
        error_messages={"required": _("Give the profile a name.")},
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Country"), error_messages={"required": _("Choose a country.")})
    city = forms.CharField(
        label=_("Town where the goods are picked up"), max_length=80, error_messages={"required": _("Name the town.")}
    )
    postcode = forms.CharField(label=_("Postcode"), max_length=LONGEST_POSTCODE, required=False)
    locode = forms.CharField(
        label=_("Port or airport (UN/LOCODE)"), max_length=6, required=False, help_text=_("Five signs, such as GHTEM."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    handling_days = NumberField(
        label=_("Days until the goods leave"), decimals=0, most=Decimal(365), zero_allowed=True,
        help_text=_("From ready goods to the pickup. Leave it empty for the same day."),
    )  # fmt: skip
    insurance_percent = NumberField(
        label=_("Your insurance premium"), most=Decimal(20), zero_allowed=True,
        help_text=_("What your insurer asks, in percent of 1.1 times goods and freight. Leave it empty if you do not know it."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        country: Any = self.fields["country"]
        country.choices = [("", _("Choose a country")), *list_countries(language=get_language() or "en")]

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())

    def clean_locode(self) -> str:
        code = "".join(str(self.cleaned_data["locode"]).split()).upper()
        if code and not (LOCODE.fullmatch(code) and code[:2] in list_known_countries()):
            raise forms.ValidationError(
                gettext("A UN/LOCODE is a country’s two letters and three signs, such as GHTEM.")
            )
        return code

    def read(self) -> ProfileFacts:
        """The facts, once they are clean."""
        typed = self.cleaned_data
        days = int(typed["handling_days"] or 0)
        return ProfileFacts(
            **{name: typed[name] for name in PLACE}, handling_days=days, insurance_percent=typed["insurance_percent"]
        )


class ChargeForm(forms.Form):
    """What one leg costs; left empty, it is not known."""

    amount = NumberField(label=_("Price"), decimals=4, most=MOST_AMOUNT, zero_allowed=True)
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    basis = forms.ChoiceField(label=_("For"), choices=ChargeBasis, required=False)
    minimum = NumberField(label=_("At least"), decimals=2, most=MOST_AMOUNT, zero_allowed=True)

    def __init__(self, *args: Any, leg: ProfileLeg, **options: Any) -> None:
        super().__init__(*args, **{**options, "prefix": leg.value})
        self.leg = leg
        currency: Any = self.fields["currency"]
        currency.choices = [("", _("Choose a currency")), *list_currencies(language=get_language() or "en")]

    @property
    def title(self) -> str:
        return str(self.leg.label)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        amount, minimum = cleaned.get("amount"), cleaned.get("minimum")
        if "amount" in self.errors:
            return cleaned
        if amount is None:
            if minimum:
                self.add_error("amount", gettext("Give the price too, or leave both empty."))
            return cleaned
        if not cleaned.get("currency") and "currency" not in self.errors:
            self.add_error("currency", gettext("Choose the currency of the price."))
        if cleaned.get("basis") == ChargeBasis.SHIPMENT and minimum:
            self.add_error("minimum", gettext("A price for the shipment has no least amount. Leave this empty."))
        return cleaned

    def read(self) -> Charge | None:
        """The charge, once it is clean; None where it is not known."""
        typed = self.cleaned_data
        if typed["amount"] is None:
            return None
        basis = typed["basis"] or ChargeBasis.SHIPMENT.value
        return Charge(self.leg.value, basis, typed["amount"], typed["currency"], typed["minimum"] or Decimal(0))


class ProfileEntry:
    """The whole page: the place, and a row for each leg."""

    def __init__(
        self, *, data: Any = None, profile: ShippingProfile | None = None, proposed: dict[str, Any] | None = None
    ) -> None:
        initial = {name: getattr(profile, name) for name in ProfileForm.base_fields} if profile else proposed
        held = {row.leg: vars(read_charge(row=row)) for row in profile.charges.all()} if profile else {}
        self.form = ProfileForm(data, initial=initial)
        self.rows = [ChargeForm(data, leg=leg, initial=_hide_zero(held.get(leg, {}))) for leg in ProfileLeg]

    def is_valid(self) -> bool:
        verdicts = [one.is_valid() for one in (self.form, *self.rows)]
        return all(verdicts)

    @property
    def facts(self) -> ProfileFacts:
        return self.form.read()

    @property
    def charges(self) -> list[Charge]:
        return [charge for row in self.rows if (charge := row.read())]


def _hide_zero(charge: dict[str, Any]) -> dict[str, Any]:
    """No least amount is an empty field."""
    return {**charge, "minimum": charge.get("minimum") or None}
