"""A person's own profile."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import TaxNumberWrong
from accounts.models import BuyerProfile, User
from accounts.rules import BuyerDetails, check_tax_number
from reference.selectors import list_countries

BUYER_FIELDS = ("organisation", "address", "postcode", "city", "country", "tax_id", "website")


class ProfileForm(forms.ModelForm[User]):
    """Name and language."""

    class Meta:
        model = User
        fields = ["full_name", "language"]
        widgets = {"full_name": forms.TextInput(attrs={"autocomplete": "name"}), "language": forms.Select()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=names, help_text=_("The language of the mails that we send you.")
        )
        self.fields["full_name"].required = True
        self.fields["full_name"].error_messages["required"] = _t("Type your name.")

    def read_buyer(self) -> BuyerDetails | None:
        """What a buyer adds; None for everybody else."""
        return None


class BuyerProfileForm(ProfileForm):
    """Name, language and the organisation that the person buys for."""

    organisation = forms.CharField(
        label=_("Organisation"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    address = forms.CharField(
        label=_("Street and number"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    city = forms.CharField(
        label=_("City"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    country = forms.ChoiceField(label=_("Country"), widget=forms.Select(attrs={"autocomplete": "country"}))
    tax_id = forms.CharField(
        label=_("Tax number"),
        max_length=40,
        required=False,
        help_text=_("The VAT or taxpayer number that stands on your invoices. Exporters need it for their papers."),
    )
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url", "inputmode": "url"}),
        help_text=_("Exporters whom you ask read it. A mail address of the same domain shows them who you are."),
    )  # fmt: skip

    def __init__(self, *args: Any, buyer: BuyerProfile | None, **kwargs: Any) -> None:
        initial = {name: getattr(buyer, name) for name in BUYER_FIELDS} if buyer else {}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.fields["country"].choices = [("", _("Choose a country")), *list_countries(language=get_language() or "en")]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """The tax number fits its country, where the country's numbers are known."""
        cleaned = super().clean() or self.cleaned_data
        try:
            check_tax_number(country=cleaned.get("country", ""), number=cleaned.get("tax_id", ""))
        except TaxNumberWrong as error:
            self.add_error("tax_id", _t(error.message))
        return cleaned

    def read_buyer(self) -> BuyerDetails | None:
        """What was typed about the organisation."""
        return BuyerDetails(**{name: self.cleaned_data[name] for name in BUYER_FIELDS})
