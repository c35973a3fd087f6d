"""The exporter's page of a decision: what was decided and why, and the one appeal against it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errors import DomainError, NotFound
from core.middleware import explain
from moderation.choices import CaseState
from moderation.exceptions import AlreadyAppealed
from moderation.forms import AppealForm
from moderation.models import Appeal, Decision
from moderation.registry import get_kind
from moderation.rules import APPEAL_LASTS
from moderation.selectors import find_appeal_obstacle, get_appealable, has_other_officer, list_decisions


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_appeal(request: HttpRequest, decision_id: int) -> HttpResponse:
    """GET shows the decision and, while it can be appealed, a form; POST appeals. Owners and editors may."""
    decision = get_appealable(person=request.user, decision_id=decision_id)  # type: ignore[arg-type]  # login_required
    form = AppealForm(request.POST or None)
    if request.method != "POST":
        return _page(request, decision, form)
    if not form.is_valid():
        return _page(request, decision, form, status=422)
    reopen = get_kind(decision.case.kind).reopen
    if reopen is None:
        raise NotFound
    try:
        reopen(decision=decision, person=request.user, text=form.cleaned_data["text"])
    except AlreadyAppealed as refused:  # a double click, or a colleague: the page shows the appeal that counts
        messages.info(request, explain(refused))
    except DomainError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
        return _page(request, decision, form, status=refused.status)
    else:
        messages.success(request, _("Your appeal is sent. Another officer decides, usually within two working days."))
    return redirect("moderation:appeal", decision_id)


def _page(request: HttpRequest, decision: Decision, form: AppealForm, *, status: int = 200) -> HttpResponse:
    appeal: Appeal | None = getattr(decision, "appeal", None)
    obstacle = find_appeal_obstacle(decision=decision, now=timezone.now())
    waits = bool(appeal and appeal.case.state == CaseState.OPEN)
    answer = list_decisions(case=appeal.case).filter(case=appeal.case, undone_at=None).first() if appeal else None
    context: dict[str, Any] = {
        "decision": decision,
        "form": form,
        "appeal": appeal,
        "waits": waits,
        "nobody_else": bool(appeal and waits and not has_other_officer(case=appeal.case)),
        "answer": answer,
        "is_overturned": bool(appeal and answer and appeal.is_overturned_by(answer.outcome)),
        "obstacle": explain(obstacle) if obstacle and not appeal else "",
        "can_appeal": obstacle is None,
        "open_until": decision.undo_until + APPEAL_LASTS,
        "has_errors": status != 200,
    }
    return render(request, "moderation/appeal.html", context, status=status)
