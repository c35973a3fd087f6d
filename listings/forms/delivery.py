"""Step 3: HS code, origin, lead time, sample."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core.fields import HsCodeField, NumberField
from listings.forms.fields import GtinField
from listings.models import ListingRevision
from reference.selectors import is_known_hs_code, list_countries, list_hs_siblings


class DeliveryForm(forms.Form):
    """What customs and planners ask for; all of it may be missing in a draft."""

    hs_code = HsCodeField(
        label=_("HS code"),
        required=False,
        max_length=20,
        help_text=_("Six digits, such as 0901.11. Duties depend on it."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"}),
    )
    hs_ask_agency = forms.BooleanField(label=_("I do not know it: ask the agency"), required=False)
    article_number = forms.CharField(
        label=_("Your article number (SKU)"), max_length=40, required=False,
        help_text=_("Buyers who order again search by it."), widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )  # fmt: skip
    gtin = GtinField(
        label=_("GTIN"), required=False, help_text=_("The number under the bar code: 8, 12, 13 or 14 digits.")
    )
    origin_country = forms.ChoiceField(label=_("Country of origin"), required=False)
    origin_region = forms.CharField(label=_("Region of origin"), max_length=80, required=False)
    lead_time_days = NumberField(
        label=_("Days until ready to ship"),
        decimals=0,
        most=Decimal(730),
        zero_allowed=True,
        help_text=_("From the order to the day when the goods leave you. 0 means in stock."),
    )
    sample_offered = forms.BooleanField(
        label=_("We send samples"), required=False, help_text=_("Buyers can filter by this.")
    )
    sample_price = NumberField(
        label=_("Price of a sample"), decimals=4, zero_allowed=True, help_text=_("0 means free of charge.")
    )
    sample_days = NumberField(label=_("Days until a sample is sent"), decimals=0, most=Decimal(365), zero_allowed=True)
    sample_size = forms.CharField(
        label=_("Size of a sample"), max_length=60, required=False, help_text=_("Such as 300 g or one pair.")
    )

    def __init__(self, *args: Any, locked_code: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        if locked_code:
            self.initial["hs_code"] = write_hs_code(locked_code)
            self.fields["hs_code"].disabled = self.fields["hs_ask_agency"].disabled = True
            self.fields["hs_code"].help_text = gettext(
                "An officer has set this code. Write to the agency if it is wrong."
            )
        field = self.fields["origin_country"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("Choose a country")), *list_countries(language=get_language() or "en")]

    def clean_hs_code(self) -> str:
        code = str(self.cleaned_data["hs_code"])
        if code and not is_known_hs_code(code=code):
            raise forms.ValidationError(_explain_unknown(code))
        return code

    def clean_article_number(self) -> str:
        return " ".join(str(self.cleaned_data["article_number"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("hs_code"):
            cleaned["hs_ask_agency"] = False
        for name in ("lead_time_days", "sample_days"):
            cleaned[name] = None if cleaned.get(name) is None else int(cleaned[name])
        details = any(cleaned.get(name) not in {None, ""} for name in ("sample_price", "sample_days", "sample_size"))
        if details and not cleaned.get("sample_offered"):
            self.add_error(
                "sample_offered", gettext("Tick this to offer the sample described below, or empty its fields.")
            )
        return cleaned


def write_hs_code(code: str) -> str:
    """As trade documents write it: 0901.11."""
    return f"{code[:4]}.{code[4:]}" if code else ""


def _explain_unknown(code: str) -> str:
    """Why it is refused: mostly it is of an old edition, so what the heading has now is named."""
    said = gettext("There is no HS code %(code)s in the edition of 2022. Check it, or ask the agency.")
    near = ", ".join(
        f"{write_hs_code(other)} {name}" for other, name in list_hs_siblings(code=code, language=get_language() or "en")
    )
    now = gettext("Under this heading there are now: %(codes)s.") % {"codes": near} if near else ""
    return f"{said % {'code': write_hs_code(code)}} {now}".strip()


def make_initial_delivery(revision: ListingRevision) -> dict[str, Any]:
    """What the form shows of a revision."""
    values = {name: getattr(revision, name) for name in DeliveryForm.base_fields}
    return {**values, "hs_code": write_hs_code(revision.hs_code)}
