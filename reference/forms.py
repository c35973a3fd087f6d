"""What officers bring in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import TextFileField


class RatesForm(forms.Form):
    """A file of exchange rates and who published it."""

    file = TextFileField(
        label=_("File of the bank (XML or CSV)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xml,text/csv,text/xml"}),
    )
    source = forms.CharField(
        label=_("Who published it"),
        max_length=80,
        help_text=_("It stands beside each rate, such as “European Central Bank”."),
    )


class TriedRatesForm(forms.Form):
    """The same, sent again after it was tried."""

    text = forms.CharField(strip=False, max_length=TextFileField.MOST_BYTES)
    source = forms.CharField(max_length=80)
