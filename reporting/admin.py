"""Records of support: read only; officers log and strike out on the firm's own page."""

from django.contrib import admin

from core.admin import RecordAdmin
from reporting.models import SupportAct


@admin.register(SupportAct)
class SupportActAdmin(RecordAdmin):
    list_display = ["day", "company", "kind", "minutes", "cost", "currency", "officer", "voided_at"]
    list_filter = ["kind", "day"]
    search_fields = ["company__legal_name", "note", "officer__email"]
    list_select_related = ["company", "officer"]
