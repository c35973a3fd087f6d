"""What officers say about words that buyers type."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SynonymForm(forms.Form):
    """A word of buyers and the word that products use for it."""

    word = forms.CharField(
        label=_("Buyers type"), max_length=80, error_messages={"required": _("Write the word that buyers type.")}
    )
    means = forms.CharField(
        label=_("And also find"),
        max_length=80,
        error_messages={"required": _("Write the word that products use, such as honey.")},
    )
