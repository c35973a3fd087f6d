"""A buyer whom the exporter knows already."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from inquiries.forms.thread import KEY_LENGTH
from inquiries.services.own_buyers import OwnBuyer
from listings.models import Listing
from reference.selectors import list_countries


class OwnBuyerForm(forms.Form):
    """Who it is for, how they are reached, and which product it is about."""

    name = forms.CharField(
        label=_("Name of the buyer"), max_length=120, error_messages={"required": _("Write the buyer’s name.")}
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=160, required=False)
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False, help_text=_("The quotation is mailed there when you send it.")
    )  # fmt: skip
    phone = forms.RegexField(
        r"^[+0-9][0-9 ()./-]{5,38}$", label=_("Phone with country code"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr"}),
        help_text=_("For a link by WhatsApp, such as +49 40 123456."),
        error_messages={"invalid": _("Write the number with its country code, such as +49 40 123456.")},
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("The buyer reads"), choices=settings.LANGUAGES)
    listing = forms.TypedChoiceField(label=_("Product"), required=False, coerce=int, empty_value=None)
    key = forms.CharField(max_length=KEY_LENGTH, widget=forms.HiddenInput)

    def __init__(self, *args: Any, listings: Sequence[Listing], **options: Any) -> None:
        super().__init__(*args, **options)
        products: Any = [("", _("Choose later")), *((one.pk, str(one)) for one in listings)]
        countries: Any = [("", _("Not known")), *list_countries(language=get_language() or "en")]
        self.fields["listing"].choices = products  # type: ignore[attr-defined]  # the stubs see a plain Field
        self.fields["country"].choices = countries  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An address or a number: else nobody could be told."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("email") or cleaned.get("phone")):
            self.add_error(
                "email", _t("Write the buyer’s e-mail or phone number, so that the quotation can reach them.")
            )
        return cleaned

    def read_buyer(self) -> OwnBuyer:
        """The buyer, once the form is clean."""
        names = ("name", "email", "phone", "organisation", "country", "language")
        return OwnBuyer(**{name: self.cleaned_data[name] for name in names})
