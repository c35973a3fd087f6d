"""One case: what changed, what the checks say, and the decision."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from core.errors import DomainError, NotFound
from core.middleware import explain
from core.slots import fill
from moderation.choices import CaseState
from moderation.exceptions import CaseAlreadyDecided, CaseHeldByAnother, CaseWithdrawn, FirstOfficer, OwnCompany
from moderation.forms import DecisionForm
from moderation.models import Case, Decision
from moderation.registry import CaseKind, get_kind, is_own_case
from moderation.rules import SEVERITY, is_harsher
from moderation.selectors import find_next_case, get_case, get_place, list_decisions, list_reports
from moderation.services import claim_case, renew_claim
from moderation.views.comparison import build_rows
from moderation.views.officer import can_undo, find_just_decided, get_officer

REFUSALS = (CaseAlreadyDecided, CaseHeldByAnother, CaseWithdrawn, FirstOfficer, OwnCompany)


@require_http_methods(["GET", "HEAD", "POST"])
def show_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """GET claims and shows the case; POST decides it. A refusal shows the page again with what was typed."""
    officer = get_officer(request)
    case = get_case(officer=officer, case_id=case_id)
    kind = get_kind(case.kind)
    if request.method == "POST":
        return _decide(request, case, kind, officer)
    refusal = _claim(case, officer) if _is_looked_at(request) else None
    return _case_page(request, case, kind, DecisionForm(kind=kind, case=case), refusal=refusal, status=200)


@require_POST
def renew(request: HttpRequest, case_id: int) -> HttpResponse:
    """Called by htmx while the page stays open: holds the claim, or says who holds it now."""
    officer = get_officer(request)
    get_case(officer=officer, case_id=case_id)
    case = renew_claim(case_id=case_id, officer=officer)
    return render(request, "moderation/_claim.html", {"case": case, "claim": _describe_claim(case, officer)})


def _decide(request: HttpRequest, case: Case, kind: CaseKind, officer: User) -> HttpResponse:
    form = DecisionForm(request.POST, kind=kind, case=case)
    if not form.is_valid():
        return _case_page(request, case, kind, form, refusal=None, status=422)
    if kind.details_template and str(list_reports(case=case).count()) != request.POST.get("seen", ""):
        form.add_error(None, _("Another report has come in since you opened this page. Read it, then decide."))
        return _case_page(request, case, kind, form, refusal=None, status=409)
    try:
        decision = kind.decide(case=case, officer=officer, ruling=form.ruling)
    except NotFound:
        raise
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, explain(error))
        fresh = get_case(officer=officer, case_id=case.pk)
        refusal = error if isinstance(error, REFUSALS) else None
        return _case_page(request, fresh, kind, form, refusal=refusal, status=error.status)
    return _go_on(request, case, decision, officer)


def _go_on(request: HttpRequest, case: Case, decision: Decision, officer: User) -> HttpResponseRedirect:
    """To the next case of the same walk, or the oldest, or the queue; the address tells which decision to offer Undo for."""
    walk, now = request.POST.get("walk", ""), timezone.now()
    next_id = get_place(case=case, officer=officer, kind=walk, now=now).next_id
    next_id = next_id or find_next_case(officer=officer, kind=walk, now=now)
    url = reverse("admin:moderation_case", args=[next_id]) if next_id else reverse("admin:moderation_queue")
    query: dict[str, str | int] = {"decided": decision.pk, **({"kind": walk} if walk else {})}
    return redirect(f"{url}?{urlencode(query)}")


def _claim(case: Case, officer: User) -> DomainError | None:
    """Hold the case; the refusal if that cannot be, for a page that only shows."""
    try:
        held = claim_case(case_id=case.pk, officer=officer)
    except REFUSALS as refusal:
        return refusal
    case.claimed_by, case.claimed_until = held.claimed_by, held.claimed_until
    return None


def _is_looked_at(request: HttpRequest) -> bool:
    """Not by a browser that loads ahead, nor by whoever asks only for the head."""
    return request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", "")


def _case_page(
    request: HttpRequest, case: Case, kind: CaseKind, form: DecisionForm, *, refusal: DomainError | None, status: int
) -> HttpResponse:
    officer, now = get_officer(request), timezone.now()
    walk = request.POST.get("walk", "") or request.GET.get("kind", "")
    comparison = kind.compare(case=case)
    is_open = case.state == CaseState.OPEN
    decisions = list(list_decisions(case=case))
    standing = next(
        (decision for decision in decisions if decision.case_id == case.pk and not decision.undone_at), None
    )
    context = {
        **admin.site.each_context(request), "case": case, "kind": kind, "form": form, "now": now, "walk": walk,
        "comparison": comparison, "rows": build_rows(comparison.rows), "unchanged": build_rows(comparison.unchanged),
        "is_first": bool(comparison.rows) and not any(row.before for row in comparison.rows), "checks_kind": _worst([check.state for check in comparison.checks]), "place": get_place(case=case, officer=officer, kind=walk, now=now) if is_open else None,
        "decisions": decisions, "standing": standing, "can_undo": can_undo(standing, officer),
        "can_decide": is_open and refusal is None, "refusal": explain(refusal) if refusal and is_open else "",
        "conflict": status == CaseAlreadyDecided.status, "typed_note": form["note"].value() if form.is_bound else "",
        "record_url": kind.get_record_url(case=case) if kind.get_record_url else "",
        "subject": kind.describe(case=case, officer=officer) if kind.describe else None,
        "claim": _describe_claim(case, officer), "has_errors": status >= 400, **find_just_decided(request),
        **_describe_origin(case, kind, officer), "side": fill("case.side", case=case, user=officer),
    }  # fmt: skip
    return render(request, "moderation/case.html", context, status=status)


def _describe_origin(case: Case, kind: CaseKind, officer: User) -> dict[str, Any]:
    """The appeal or the reports that opened the case, and the buttons that fit; who has a tie does not read reports."""
    appeal = case.find_appeal()
    buttons = {
        outcome: _(kind.outcomes[outcome]) if kind.outcomes else ""
        for outcome in SEVERITY
        if (not kind.outcomes or outcome in kind.outcomes)
        and (appeal is None or not is_harsher(outcome, than=appeal.decision.outcome))
    }
    has_tie = is_own_case(case=case, officer=officer)
    reports = [] if has_tie or not kind.details_template else list(list_reports(case=case))
    return {"appeal": appeal, "buttons": buttons, "reports": reports, "has_tie": has_tie}


def _describe_claim(case: Case, officer: User) -> dict[str, Any]:
    """Who looks at it: `mine`, or `other` with the name."""
    mine = case.state == CaseState.OPEN and case.claimed_by == officer
    return {"mine": mine, "other": str(case.claimed_by) if case.is_held_by_another(officer, timezone.now()) else ""}


def _worst(states: list[str]) -> str:
    return next((state for state in ("bad", "warn", "info") if state in states), "ok")
