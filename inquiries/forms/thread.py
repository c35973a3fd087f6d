"""What both sides send in a thread: messages with files, declines, a request to the agency."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from inquiries.choices import AccessCause, DeclineReason
from storefronts.models import Member

KEY_LENGTH = 50  # what a message keeps is 64 long, and a decline writes a word behind it
FILE_TYPES = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif,application/pdf"


def make_key() -> str:
    """A word made with a form: whoever sends it twice does a thing once."""
    return str(uuid4())


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files as a list; `uploads` says which are taken."""

    widget = FilesInput

    def clean(self, value: Any, _initial: Any = None) -> list[UploadedFile[bytes]]:
        files = value if isinstance(value, Sequence) else [value]
        return [file for file in files if file]


class ReplyForm(forms.Form):
    """A message. How long it may be and how many files it carries is the service's to say."""

    text = forms.CharField(
        label=_("Your message"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    )
    files = FilesField(  # type: ignore[assignment]  # the form's class is made without it
        label=_("Files"), required=False, widget=FilesInput(attrs={"accept": FILE_TYPES, "data-shrink": "2000"}),
        help_text=_("At most 5 files of 10 MB each: JPEG, PNG, WebP, HEIC or PDF."),
    )  # fmt: skip
    key = forms.CharField(max_length=KEY_LENGTH, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class DeclineForm(forms.Form):
    """Why the company says no."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=DeclineReason.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose why you decline."), "invalid_choice": _("Choose why you decline.")},
    )  # fmt: skip
    note = forms.CharField(
        label=_("A few words to the buyer"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Needed for “another reason”. The buyer reads the reason and your words."),
    )  # fmt: skip
    key = forms.CharField(max_length=KEY_LENGTH, widget=forms.HiddenInput)


class AssignForm(forms.Form):
    """Who of the company answers; empty is everybody."""

    assigned_to = forms.TypedChoiceField(label=_("Who answers"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, colleagues: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = [("", _("Everybody")), *((member.pk, str(member.user)) for member in colleagues)]
        self.fields["assigned_to"].choices = choices  # type: ignore[attr-defined]  # the stubs see a plain Field


class AgencyForm(forms.Form):
    """What a party asks the agency for."""

    cause = forms.ChoiceField(
        label=_("What is it about?"), widget=forms.RadioSelect, error_messages={"required": _("Choose what it is about.")},
        choices=[
            (AccessCause.HELP, _("We need help to understand one another or to go on")),
            (AccessCause.REPORT, _("I report the other side: something is wrong here")),
            (AccessCause.DISPUTE, _("We have a dispute about a deal")),
        ],
    )  # fmt: skip
    text = forms.CharField(
        label=_("What should the agency know?"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("Only the agency reads this."),
    )  # fmt: skip

    def __init__(self, *args: Any, can_dispute: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_dispute:
            cause: Any = self.fields["cause"]
            cause.choices = [choice for choice in cause.choices if choice[0] != AccessCause.DISPUTE]
