"""Records of moderation, and the acts that officers do from any record page after giving a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.admin import RecordAdmin
from core.errors import DomainError
from core.middleware import explain
from moderation.forms import SuspensionForm
from moderation.models import Case, Decision, Reason

MOST_AT_ONCE = 50


def act_with_reason(
    model_admin: admin.ModelAdmin[Any], request: HttpRequest, chosen: QuerySet[Any], *,
    action: str, title: str, button: str, act: Callable[[Model, str], object],
) -> HttpResponse | None:
    """Ask for a reason, then do one thing to each chosen record; a refusal names the record and leaves the others alone."""
    sent = "apply" in request.POST
    form = SuspensionForm(request.POST if sent else None)
    if sent and form.is_valid():
        _act_on_each(request, chosen, lambda record: act(record, form.cleaned_data["reason"]))
        return None
    context = {
        **admin.site.each_context(request), "form": form, "title": title, "button": button, "action": action,
        "records": chosen[:MOST_AT_ONCE], "opts": model_admin.model._meta, "checkbox": ACTION_CHECKBOX_NAME, "has_errors": sent,
        "back": reverse(f"admin:{model_admin.model._meta.app_label}_{model_admin.model._meta.model_name}_changelist"),
    }
    return render(request, "moderation/act_with_reason.html", context, status=422 if sent else 200)


def _act_on_each(request: HttpRequest, chosen: QuerySet[Any], act: Callable[[Model], object]) -> None:
    done = 0
    for record in chosen[:MOST_AT_ONCE]:
        try:
            act(record)
        except DomainError as error:
            messages.error(request, _("%(record)s: %(problem)s") % {"record": record, "problem": explain(error)})
        else:
            done += 1
    if done:
        messages.success(request, ngettext("Done for one record.", "Done for %(number)s records.", done) % {"number": done})


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
