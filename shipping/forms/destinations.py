"""What an officer enters about a destination."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from shipping.models import BarredDestination
from shipping.selectors.card_plans import list_known_countries


class BarredDestinationForm(forms.ModelForm[BarredDestination]):
    """A country that we know, and days in order; an entry that stands is ended, and its reason and source may be put right."""

    class Meta:
        model = BarredDestination
        fields = ("country", "kind", "valid_from", "valid_until", "reason", "source")

    def clean_country(self) -> str:
        code = str(self.cleaned_data["country"]).strip().upper()
        if code not in list_known_countries():
            raise ValidationError(gettext("There is no country “%(code)s”. Write its two letters.") % {"code": code})
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from") or self.instance.valid_from, cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", gettext("The last day lies before the first."))
        return cleaned
