"""Records of the house, and what every record page of the admin shares."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet, URLField
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core.admin_actions import act_on_each
from core.audit import record
from core.mail import release_address
from core.models import AuditEntry, Job, OutboxMail, SuppressedAddress, WorkerBeat

HTTPS_BY_DEFAULT: dict[Any, Any] = {URLField: {"assume_scheme": "https"}}
"""What somebody types without a scheme."""


class RecordAdmin(admin.ModelAdmin[Any]):
    """A record page: every officer may read; `may_change` says whether officers may change, or administrators only."""

    officers_may_change = False
    formfield_overrides = HTTPS_BY_DEFAULT
    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.officers_may_change and self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who may not see such records is told so, whether this one exists or not."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm[Any], change: bool) -> None:
        """What is changed by hand leaves an audit entry, in the same transaction."""
        super().save_model(request, obj, form, change)
        actor = request.user if isinstance(request.user, Model) else None
        record(
            f"{obj._meta.app_label}.record_{'changed' if change else 'added'}",
            subject=obj,
            actor=actor,
            fields=form.changed_data,
        )


class RecordInline(admin.TabularInline[Any, Any]):
    """Rows that belong to a record: read only. `related` names what each row's line reads beside itself."""

    template = "admin/edit_inline/records.html"
    formfield_overrides = HTTPS_BY_DEFAULT
    extra = 0
    can_delete = False
    related: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All rows in one query."""
        rows = super().get_queryset(request)
        return rows.select_related(*self.related) if self.related else rows

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_active and request.user.is_staff

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Job)
class JobAdmin(RecordAdmin):
    list_display = ["id", "name", "key", "queue", "state", "attempts", "due_at", "finished_at"]
    list_filter = ["state", "queue", "name"]
    search_fields = ["name", "key", "last_error"]


@admin.register(OutboxMail)
class OutboxMailAdmin(RecordAdmin):
    list_display = ["id", "subject", "recipient", "created_at", "sent_at", "withdrawn_at", "withheld_at"]
    search_fields = ["recipient", "subject"]
    exclude = ["text", "html", "headers"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) and request.user.is_superuser


@admin.register(SuppressedAddress)
class SuppressedAddressAdmin(RecordAdmin):
    list_display = ["address", "reason", "note", "since"]
    search_fields = ["address"]
    actions = ["release"]

    @admin.action(description=_("Send mails to these addresses again"))
    def release(self, request: HttpRequest, chosen: QuerySet[SuppressedAddress]) -> None:
        act_on_each(request, chosen, lambda row: release_address(address=row.address, actor=cast(Model, request.user)))


@admin.register(AuditEntry)
class AuditEntryAdmin(RecordAdmin):
    list_display = ["id", "at", "action", "actor_id", "subject_kind", "subject_id", "seal"]
    list_filter = ["action"]
    search_fields = ["subject_id", "action"]
    list_select_related = ["seal"]


@admin.register(WorkerBeat)
class WorkerBeatAdmin(RecordAdmin):
    list_display = ["name", "seen_at"]
