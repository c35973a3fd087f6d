"""What sign-up asks besides allauth's fields; allauth builds its own form upon this one."""

from typing import Any

from allauth.core import context
from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.choices import Purpose
from accounts.models import User
from accounts.rules import BuyerDetails
from accounts.services.people import complete_sign_up
from reference.selectors import list_countries


class SignupExtras(forms.Form):
    """Who the person is and what they came for; `?as=exporter` or `?as=buyer` answers the latter."""

    field_order = ["purpose", "full_name", "email", "password1", "organisation", "country"]

    purpose = forms.ChoiceField(label=_("What brings you here?"), choices=Purpose, widget=forms.RadioSelect)
    full_name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name.")},
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    country = forms.ChoiceField(
        label=_("Country"), required=False, widget=forms.Select(attrs={"autocomplete": "country"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a country")), *list_countries(language=get_language() or "en")]  # type: ignore[attr-defined]  # a ChoiceField
        wanted = context.request.GET.get("as") if context.request else None
        if wanted in Purpose.values:
            self.fields["purpose"].initial = wanted
        self.fields["purpose"].error_messages["required"] = _("Choose whether you sell or buy.")

    def clean(self) -> dict[str, Any]:
        """A buyer says for whom, from where."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("purpose") == Purpose.BUYER:
            if not cleaned.get("organisation"):
                self.add_error("organisation", _("Type the name of the organisation that you buy for."))
            if not cleaned.get("country"):
                self.add_error("country", _("Choose the country that you buy from."))
        return cleaned

    def signup(self, request: HttpRequest, user: User) -> None:  # noqa: ARG002  allauth's signature
        """Called by allauth once the person is saved."""
        said = self.cleaned_data
        is_buyer = said["purpose"] == Purpose.BUYER
        complete_sign_up(
            user=user,
            full_name=said["full_name"],
            purpose=said["purpose"],
            language=get_language() or "en",
            buyer=BuyerDetails(organisation=said["organisation"], country=said["country"]) if is_buyer else None,
        )
