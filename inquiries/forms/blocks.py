"""Why a company blocks a buyer, and why the agency bars an address or lets it ask again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inquiries.rules.buyers import LONGEST_REASON


class BlockForm(forms.Form):
    """A member's reason."""

    reason = forms.CharField(
        label=_("Why do you block this buyer?"), required=False, max_length=LONGEST_REASON, strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Your team and officers of the agency read this. The buyer never does."),
    )  # fmt: skip


class BarForm(forms.Form):
    """Whom an officer bars, and why."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the address that you want to bar.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=LONGEST_REASON, strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}), help_text=_("It is mailed to the address, which can answer it."),
    )  # fmt: skip


class LiftForm(forms.Form):
    """Which bar an officer lifts, and why."""

    bar = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(required=False, max_length=LONGEST_REASON, strip=False)
