"""Records of moderation: cases and decisions are read; officers write the reasons."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import RecordAdmin
from moderation.models import Case, Decision, Reason


@admin.register(Case)
class CaseAdmin(RecordAdmin):
    list_display = ["title", "kind", "company_name", "state", "opened_at", "due_at", "claimed_by", "page"]
    list_filter = ["state", "kind", "changed_after_approval"]
    search_fields = ["title", "company_name", "subject_id"]
    list_select_related = ["claimed_by"]
    ordering = ["-opened_at"]

    @admin.display(description=gettext_lazy("review page"))
    def page(self, case: Case) -> str:
        return format_html('<a href="{}">{}</a>', reverse("admin:moderation_case", args=[case.pk]), _("Open"))


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    list_display = ["case", "outcome", "officer", "decided_at", "undone_at"]
    list_filter = ["outcome", "case__kind", "decided_at"]
    search_fields = ["case__title", "case__company_name", "officer__email", "note"]
    list_select_related = ["case", "officer"]
    exclude = ["mails"]


@admin.register(Reason)
class ReasonAdmin(RecordAdmin):
    officers_may_change = True
    list_display = ["label", "kind", "position", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["label", "statement", "code"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """A reason's code stays once decisions may speak of it."""
        return ["code"] if obj else []
