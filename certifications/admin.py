"""Records of this room: officers keep schemes, issuers and requirements, and read certificates."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certifications.forms.fields import ListField, LookupField, PrefixesField
from certifications.models import Accreditation, Certificate, Check, Issuer, Requirement, Scheme
from core.admin import HTTPS_BY_DEFAULT, RecordAdmin, RecordInline

FIELDS: dict[str, Any] = {
    "hs_prefixes": lambda: PrefixesField(
        label=_("HS codes"), help_text=_("Codes or chapters such as 0409, 07-08. Empty: every product.")
    ),
    "aliases": lambda: ListField(label=_("Other names on its certificates"), longest=160),
    "lookup_url": lambda: LookupField(
        label=_("Address of one entry in the register"), help_text=_("{number} stands for the number.")
    ),
}
"""Fields that officers type as words, where the record holds lists."""


class KeptAdmin(RecordAdmin):
    """What officers write themselves; nothing is deleted, it is switched off."""

    officers_may_change = True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        """Lists with commas between them."""
        make = FIELDS.get(db_field.name)
        return make() if make else super().formfield_for_dbfield(db_field, request, **options)


@admin.register(Scheme)
class SchemeAdmin(KeptAdmin):
    list_display = ["name", "code", "kind", "paper", "usual_months", "read_on", "needs_two_officers", "is_active"]
    list_filter = ["kind", "paper", "needs_two_officers", "is_active"]
    search_fields = ["name", "code", "owner"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """The code is in addresses and in the search index."""
        return ["code"] if obj else []


class AccreditationInline(admin.TabularInline[Any, Any]):
    model = Accreditation
    extra = 0
    formfield_overrides = HTTPS_BY_DEFAULT


@admin.register(Issuer)
class IssuerAdmin(KeptAdmin):
    list_display = ["name", "country", "website", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "aliases"]
    inlines = [AccreditationInline]


@admin.register(Requirement)
class RequirementAdmin(KeptAdmin):
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
        return Certificate.objects.visible_to(request.user).order_by(*self.get_ordering(request))

    @admin.display(description=gettext_lazy("public page"))
    def pages(self, certificate: Certificate) -> str:
        return format_html('<a href="{}">{}</a>', certificate.get_absolute_url(), certificate.public_id)
