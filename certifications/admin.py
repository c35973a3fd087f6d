"""Records of this room: officers keep schemes, issuers and requirements, and read certificates."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certifications.forms.fields import ListField, PrefixesField
from certifications.models import Accreditation, Certificate, Check, Issuer, Requirement, Scheme
from core.admin import RecordAdmin, RecordInline


class KeptAdmin(RecordAdmin):
    """What officers write themselves; nothing is deleted, it is switched off."""

    officers_may_change = True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)


class SchemeForm(forms.ModelForm[Scheme]):
    hs_prefixes = PrefixesField(label=gettext_lazy("Where it applies"), help_text=gettext_lazy("Empty: every product."))

    class Meta:
        model = Scheme
        fields = "__all__"  # noqa: DJ007  a record page shows the whole record

    def clean_lookup_url(self) -> str:
        """An address of the web with a place for the number."""
        url: str = self.cleaned_data["lookup_url"]
        if url and ("{number}" not in url or not url.startswith(("https://", "http://"))):
            raise forms.ValidationError(_("Write an address that begins with https:// and holds {number}."))
        return url


@admin.register(Scheme)
class SchemeAdmin(KeptAdmin):
    form = SchemeForm
    list_display = ["name", "code", "kind", "paper", "usual_months", "read_on", "needs_two_officers", "is_active"]
    list_filter = ["kind", "paper", "needs_two_officers", "is_active"]
    search_fields = ["name", "code", "owner"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """The code is in addresses and in the search index."""
        return ["code"] if obj else []


class AccreditationInline(admin.TabularInline[Any, Any]):
    model = Accreditation
    extra = 0


class IssuerForm(forms.ModelForm[Issuer]):
    aliases = ListField(label=gettext_lazy("Other names on its certificates"), longest=160)

    class Meta:
        model = Issuer
        fields = "__all__"  # noqa: DJ007


@admin.register(Issuer)
class IssuerAdmin(KeptAdmin):
    form = IssuerForm
    list_display = ["name", "country", "website", "is_active"]
    list_filter = ["is_active", "country"]
    search_fields = ["name", "aliases"]
    inlines = [AccreditationInline]


class RequirementForm(forms.ModelForm[Requirement]):
    hs_prefixes = PrefixesField(label=gettext_lazy("HS codes"), help_text=gettext_lazy("Empty: every product."))

    class Meta:
        model = Requirement
        fields = "__all__"  # noqa: DJ007


@admin.register(Requirement)
class RequirementAdmin(KeptAdmin):
    form = RequirementForm
    change_list_template = "certificates/officer/requirements.html"
    list_display = ["document", "market", "family", "side", "kind", "scheme", "blocks", "read_on", "is_active"]
    list_filter = ["market", "family", "kind", "side", "blocks", "is_active"]
    search_fields = ["document", "summary", "key"]
    list_select_related = ["scheme"]


class CheckInline(RecordInline):
    model = Check
    fields = ["method", "result", "officer", "checked_at", "url", "text"]
    related = ("officer",)


@admin.register(Certificate)
class CertificateAdmin(RecordAdmin):
    list_display = ["__str__", "company", "state", "evidence_level", "valid_until", "submitted_at"]
    list_filter = ["state", "evidence_level", "scheme"]
    search_fields = ["number", "number_key", "holder", "company__legal_name", "public_id"]
    list_select_related = ["company", "scheme"]
    readonly_fields = ["pages"]
    exclude = ["fit", "reminded"]
    inlines = [CheckInline]
    change_form_template = "certificates/officer/record.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Drafts that nobody has sent belong to their company alone."""
        return super().get_queryset(request).visible_to(request.user)

    @admin.display(description=gettext_lazy("public page"))
    def pages(self, certificate: Certificate) -> str:
        return format_html('<a href="{}">{}</a>', certificate.get_absolute_url(), certificate.public_id)
