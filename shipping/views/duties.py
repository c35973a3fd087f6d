"""Officers read duty and tax rules, bring in a table, and let sets in or refuse them."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import DomainError
from core.middleware import explain
from shipping.forms.duties import RuleFilterForm, RuleTableForm, TriedRuleTableForm
from shipping.rules.duties.table import COLUMNS
from shipping.selectors.rule_plans import RulePlan, plan_table
from shipping.selectors.rule_sets import describe_rules, describe_set, list_overview, list_ties, list_waiting_sets
from shipping.services.duties import import_rule_table, let_rules_in, refuse_rules

MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD"])
def overview(request: HttpRequest) -> HttpResponse:
    """What waits, what is in force by destination, and the rules of one."""
    form, day = RuleFilterForm(request.GET or None), timezone.localdate()
    is_asked = form.is_bound and form.is_valid()
    destinations = form.list_destinations() if is_asked else []
    context = {
        "form": form, "waiting": list_waiting_sets(), "overview": list_overview(day=day), "ties": list_ties(day=day), "destinations": destinations,
        "rules": describe_rules(destinations=destinations, hs_code=form.cleaned_data.get("hs", "") if is_asked else "", day=day),
        "has_errors": form.is_bound and not is_asked,
    }  # fmt: skip
    return _render(request, "duties", context, status=422 if context["has_errors"] else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def rule_set(request: HttpRequest, set_id: int) -> HttpResponse:
    """A set with what it changes; POST lets it in or refuses it."""
    officer, status = _get_officer(request), 200
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            return _decide(request, officer, set_id)
        except DomainError as refused:
            if refused.status == 404:
                raise
            errors, status = [("", explain(refused))], refused.status
    found = describe_set(set_id=set_id, officer=officer, day=timezone.localdate())
    return _render(request, "duties_set", {"found": found, "errors": errors, "has_errors": bool(errors)}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """GET asks for the table; POST tries it, or writes what was tried as a set that waits."""
    if request.method == "POST" and request.POST.get("then") == "import":
        return _write(request)
    form = RuleTableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _show_import(request, form, status=422 if form.is_bound else 200)
    text, name = form.cleaned_data["file"], str(getattr(request.FILES["file"], "name", ""))
    try:
        plan = plan_table(content=text.encode())
    except DomainError as refused:
        form.add_error("file", explain(refused))
        return _show_import(request, form, status=refused.status)
    return _show_import(request, RuleTableForm(), plan=plan, text=text, file_name=name)


def _decide(request: HttpRequest, officer: User, set_id: int) -> HttpResponse:
    if request.POST.get("then") == "refuse":
        refuse_rules(officer=officer, set_id=set_id)
        messages.success(request, _("Refused. These rules count for nothing."))
    else:
        let_rules_in(officer=officer, set_id=set_id)
        messages.success(request, _("These rules are in force from now on."))
    return redirect("admin:duties")


def _write(request: HttpRequest) -> HttpResponse:
    tried = TriedRuleTableForm(request.POST)
    if not tried.is_valid():
        return _show_import(request, RuleTableForm(request.POST), status=422)
    try:
        written = import_rule_table(
            officer=_get_officer(request), content=tried.cleaned_data["text"].encode(), file_name=tried.cleaned_data["file_name"]
        )  # fmt: skip
    except DomainError as refused:
        form = RuleTableForm(request.POST)
        form.is_valid()
        form.errors.clear()
        form.add_error(None, explain(refused))
        return _show_import(request, form, status=refused.status)
    messages.success(request, _("The rules wait for an officer. They count for nothing until then."))
    return redirect("admin:duties_set", set_id=written.pk)


def _show_import(
    request: HttpRequest, form: RuleTableForm, *, plan: RulePlan | None = None, text: str = "", file_name: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    context = {
        "form": form, "plan": plan, "text": text, "file_name": file_name, "columns": ", ".join(COLUMNS), "has_errors": status >= 400,
        "faults": [(fault.row, fault.column, _(fault.message) % fault.values) for fault in plan.problems[:MOST_SHOWN]] if plan else [],
        "changes": plan.difference.changes[:MOST_SHOWN] if plan else [],
    }  # fmt: skip
    return _render(request, "duties_import", context, status=status)


def _get_officer(request: HttpRequest) -> User:
    officer = request.user
    assert isinstance(officer, User)  # noqa: S101  admin_view lets nobody else in
    return officer


def _render(request: HttpRequest, name: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render(
        request, f"shipping/officer/{name}.html", {**admin.site.each_context(request), **context}, status=status
    )
