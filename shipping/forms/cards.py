"""A rate card that somebody brings in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CardFileForm(forms.Form):
    """A rate card as a workbook or as CSV."""

    file = forms.FileField(
        label=_("Rate card (XLSX or CSV in UTF-8)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
        error_messages={"required": _("Choose a file.")},
    )
