"""Where a quotation's goods go, and under which term the prices of its lines are."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField
from inquiries.selectors.freight import Wish
from reference.selectors import list_countries
from shipping.rules.incoterms import TERMS, holds_carriage
from shipping.rules.zones import LONGEST_POSTCODE, Place


class FreightForm(forms.Form):
    """The destination, and what the ladder counts from."""

    to = forms.ChoiceField(label=_("Deliver to"), error_messages={"required": _("Choose a country.")})
    town = forms.CharField(label=_("Town or port"), max_length=80, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=LONGEST_POSTCODE, required=False)
    price_term = forms.ChoiceField(
        label=_("The prices of your lines are"),
        required=False,
        help_text=_("What they hold already costs nothing more on top."),
    )
    insurance = NumberField(
        label=_("Insurance premium"), most=Decimal(20), help_text=_("The insurer’s percentage of 1.1 times goods and freight. Leave it empty for none.")
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        countries: Any = [("", _("Choose a country")), *list_countries(language=get_language() or "en")]
        self.fields["to"].choices = countries  # type: ignore[attr-defined]  # the stubs see a plain Field
        terms = [(code, code) for code in TERMS if not holds_carriage(code) and code != "EXW"]
        self.fields["price_term"].choices = [("", _("EXW, at your door")), *terms]  # type: ignore[attr-defined]  # as above

    def read_wish(self) -> Wish:
        """What was typed, once it is clean."""
        said = self.cleaned_data
        return Wish(
            Place(said["to"], postcode=said["postcode"], city=said["town"]), said["price_term"], said["insurance"]
        )


class QuoteFreightForm(FreightForm):
    """The price and the term to quote, of the draft as it was seen."""

    lookup = forms.UUIDField(widget=forms.HiddenInput)
    chosen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    incoterm = forms.ChoiceField(choices=[(code, code) for code in TERMS], widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
