"""An account at a carrier, as its owner types it. What was typed as a credential is never sent back, not even beside an error."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shipping.choices import Carrier, CarrierEnvironment
from shipping.models import CarrierAccount
from shipping.rules.accounts import Credentials

BLIND = {"autocomplete": "off", "dir": "ltr", "spellcheck": "false", "autocapitalize": "none"}


class BlindInput(forms.PasswordInput):
    """Shows what is being typed, but is sent empty with every page."""

    input_type = "text"


class AccountForm(forms.Form):
    """A new account, or (`account`) changes of one: then empty credentials keep what stands, and the carrier stays."""

    carrier = forms.ChoiceField(label=_("Carrier"), choices=[("", _("Choose a carrier")), *Carrier.choices])
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("By which your colleagues know it, such as “Contract 2027”."))  # fmt: skip
    environment = forms.ChoiceField(label=_("System"), choices=CarrierEnvironment.choices, widget=forms.RadioSelect)
    number = forms.CharField(label=_("Account number"), max_length=200, widget=BlindInput(attrs=BLIND))
    user = forms.CharField(label=_("API key or client ID"), max_length=200, widget=BlindInput(attrs=BLIND))
    secret = forms.CharField(
        label=_("Secret"), max_length=200, strip=False, widget=forms.PasswordInput(attrs={**BLIND, "autocomplete": "new-password"}),
    )  # fmt: skip
    is_for_buyers = forms.BooleanField(
        label=_("Also for buyers on product pages"), required=False, help_text=_("Buyers then see the prices that the carrier names for this account. Otherwise only exporters ask it, for their quotations."),
    )  # fmt: skip

    def __init__(self, *given: Any, account: CarrierAccount | None = None, **more: Any) -> None:
        if account:
            more["initial"] = {name: getattr(account, name) for name in ("name", "environment", "is_for_buyers")}
        super().__init__(*given, **more)
        if account:
            del self.fields["carrier"]
        for name in ("number", "user", "secret"):
            self.fields[name].required = account is None
            self.fields[name].help_text = _("Leave it empty to keep the one that stands.") if account else ""

    def read_credentials(self) -> Credentials:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return Credentials(said["number"], said["user"], said["secret"])
