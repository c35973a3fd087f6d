"""An officer's table of rules, and what an officer looks for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.fields import TextFileField
from reference.rules import EUROPEAN_UNION
from shipping.models import OriginGroup
from shipping.selectors.card_plans import list_known_countries


class RuleTableForm(forms.Form):
    """A CSV file; clean value its text."""

    file = TextFileField(label=_("Table (CSV in UTF-8)"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))


class TriedRuleTableForm(forms.Form):
    """The same, sent again after it was tried."""

    text = forms.CharField(strip=False, max_length=TextFileField.MOST_BYTES)
    file_name = forms.CharField(max_length=160, required=False)


class RuleFilterForm(forms.Form):
    """A destination, by its two letters, and the beginning of an HS code."""

    to = forms.RegexField(r"^[A-Za-z]{2}$", label=_("Destination, two letters"), max_length=2, required=False)
    hs = forms.RegexField(r"^[0-9]{2,10}$", label=_("HS code begins with"), max_length=10, required=False)

    def list_destinations(self) -> list[str]:
        """The country, and the union where it is a member of it."""
        country = str(self.cleaned_data.get("to", "")).upper()
        return [country, "EU"] if country in EUROPEAN_UNION else [country] if country else []


class CountriesField(forms.CharField):
    """Countries by their two letters, with spaces between; clean value the sorted list."""

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        codes = sorted(set(str(super().clean(value)).upper().replace(",", " ").split()))
        if foreign := [code for code in codes if code not in list_known_countries()]:
            raise ValidationError(gettext("“%(typed)s” is no country. Write its two letters.") % {"typed": foreign[0]})
        return codes


class OriginGroupForm(forms.ModelForm[OriginGroup]):
    """A group of origins, with its countries in one line."""

    members = CountriesField(label=_("countries"), max_length=1000, help_text=_("Two letters each, such as GH KE TZ."))

    class Meta:
        model = OriginGroup
        fields = ["destination", "code", "name", "members", "source", "read_on"]
