"""The order whose landed cost is asked for."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField
from listings.selectors.words import format_unit
from reference.selectors import list_countries
from shipping.rules.zones import LONGEST_POSTCODE, Place
from shipping.selectors.landed_cost import Order


class LandedForm(forms.Form):
    """How much and where to; `chosen` is the price to count with."""

    to = forms.ChoiceField(label=_("Deliver to"), error_messages={"required": _("Choose a country.")})
    postcode = forms.CharField(label=_("Postcode"), max_length=LONGEST_POSTCODE, required=False)
    town = forms.CharField(label=_("Town or port"), max_length=80, required=False)
    quantity = NumberField(label=_("Quantity"), required=True, most=Decimal(99_999_999))
    insurance = NumberField(
        label=_("Insurance premium"), most=Decimal(20), help_text=_("The insurer’s percentage of 1.1 times goods and freight. Leave it empty for none.")
    )  # fmt: skip
    chosen = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, unit: str, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_landed_%s", **options})
        self.unit = format_unit(unit=unit)
        destination: Any = self.fields["to"]
        destination.choices = [("", _("Choose a country")), *list_countries(language=get_language() or "en")]

    def as_hidden(self) -> list[tuple[str, str]]:
        """What was typed, to be sent once more with another button."""
        return [(name, str(self.data.get(name, ""))) for name in ("to", "postcode", "town", "quantity", "insurance")]

    def read(self) -> Order:
        """The order, once it is clean."""
        typed = self.cleaned_data
        place = Place(typed["to"], postcode=typed["postcode"], city=typed["town"])
        return Order(typed["quantity"], place, typed["chosen"], typed["insurance"])
