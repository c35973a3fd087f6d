"""Clean input of what buyers keep."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.choices import AlertRhythm, StopReason


class ListForm(forms.Form):
    """The name of a list."""

    name = forms.CharField(
        label=_("Name of the list"), max_length=80, help_text=_("Such as “Spring range” or “Samples to order”."),
        error_messages={"required": _("Give the list a name.")},
    )  # fmt: skip

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


class NoteForm(forms.Form):
    """What the person thinks of a product."""

    note = forms.CharField(
        label=_("Your note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ShareForm(forms.Form):
    """What people with the link see."""

    shows_notes = forms.BooleanField(label=_("Show my notes to people with the link"), required=False)


class AlertForm(forms.Form):
    """Where and how often new finds are mailed; `address` is asked of people without an account only."""

    rhythm = forms.ChoiceField(label=_("How often"), choices=AlertRhythm.choices, initial=AlertRhythm.DAILY)
    address = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write the address that the mails shall go to."), "invalid": _("Write an e-mail address, such as name@example.com.")},
    )  # fmt: skip

    def __init__(self, *args: Any, has_account: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if has_account:
            del self.fields["address"]


class StopForm(forms.Form):
    """Why a search was stopped; nobody has to say."""

    reason = forms.ChoiceField(
        label=_("Why did you stop it?"), choices=StopReason.choices, widget=forms.RadioSelect, required=False
    )
