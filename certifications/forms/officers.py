"""What an officer states about a certificate: for an approval, and after looking beyond the document."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certifications.choices import CheckMethod, CheckResult
from certifications.models import Issuer
from certifications.registry import list_covered_products
from certifications.selectors.comparison import get_case_certificate
from certifications.selectors.issuers import find_issuer, list_issuers
from certifications.selectors.officers import find_supported_level
from core.fields import TextFileField
from moderation.models import Case
from storefronts.choices import EvidenceLevel


class ApprovalForm(forms.Form):
    """The level that the checks support, the issuer as we know it, and the products that the scope covers."""

    evidence_level = forms.TypedChoiceField(label=_("How it was checked"), coerce=int)
    issuer = forms.ModelChoiceField(
        Issuer.objects.none(),
        label=_("Issuer"),
        required=False,
        empty_label=_("Not in our list"),
        help_text=_("New certification bodies are added in the records."),
    )
    product_ids = forms.TypedMultipleChoiceField(
        label=_("Products that it covers"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, case: Case) -> None:
        super().__init__(data)
        certificate = get_case_certificate(case=case)
        highest = find_supported_level(certificate=certificate)
        level, products = self.fields["evidence_level"], list_covered_products(certificate_id=certificate.pk)
        level.choices = [choice for choice in EvidenceLevel.choices if 0 < choice[0] <= highest]  # type: ignore[attr-defined]
        level.initial = highest
        issuer = self.fields["issuer"]
        assert isinstance(issuer, forms.ModelChoiceField)  # noqa: S101  tells the type checker what stands above
        issuer.queryset = list_issuers()
        issuer.initial = certificate.issuer or find_issuer(name=certificate.issuer_name)
        if products:
            self.fields["product_ids"].choices = [(product.id, product.title) for product in products]  # type: ignore[attr-defined]
            self.fields["product_ids"].initial = [product.id for product in products if product.result == "pass"]
        else:
            del self.fields["product_ids"]


class CheckForm(forms.Form):
    """What an officer found in a register, heard from the issuer, or saw on site."""

    method = forms.ChoiceField(label=_("Where did you look?"), choices=CheckMethod.choices)
    result = forms.ChoiceField(
        label=_("What did you find?"),
        choices=CheckResult.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you found.")},
    )
    text = forms.CharField(
        label=_("What stands there"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Paste the entry, or write who said what. It is kept as evidence and never changed."),
    )
    picture = forms.FileField(
        label=_("Picture of the page"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    url = forms.URLField(label=_("Address of the page"), required=False, max_length=500, assume_scheme="https")


class TableForm(forms.Form):
    """A CSV file; clean value its text."""

    file = TextFileField(label=_("Table (CSV in UTF-8)"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))
