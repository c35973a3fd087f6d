"""How a company arranges its answering: absence and templates."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AbsenceForm(forms.Form):
    """The first day on which the company answers again."""

    back_on = forms.DateField(
        label=_("Back on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Between tomorrow and sixty days from now."),
        error_messages={"required": _("Say on which day you are back."), "invalid": _("Write the day as 2027-01-31.")},
    )  # fmt: skip


class TemplateForm(forms.Form):
    """Words for another time."""

    name = forms.CharField(
        label=_("Name"), max_length=60, error_messages={"required": _("Give the template a name.")},
        help_text=_("Only your team sees it."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Text"), strip=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Write the words of the template.")},
        help_text=_("{buyer} becomes the buyer’s name and {product} the product’s."),
    )  # fmt: skip
