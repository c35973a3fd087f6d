"""The queue of cases, and what officers do there: give a case back, take a decision back, switch the keys."""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from moderation.registry import get_kind, list_kinds
from moderation.selectors import count_queue, get_decision, list_queue, list_recent_decisions
from moderation.services import release_case, toggle_shortcuts
from moderation.views.officer import can_undo, find_just_decided, get_officer

PER_PAGE = 25
SHOWS = ("", "free", "mine", "decided")


@require_safe
def show_queue(request: HttpRequest) -> HttpResponse:
    """Open cases, oldest first; `kind` and `show` narrow; `decided` shows what this officer decided, with Undo."""
    officer, now = get_officer(request), timezone.now()
    kind = next((known.kind for known in list_kinds() if known.kind == request.GET.get("kind")), "")
    show = next((known for known in SHOWS if known == request.GET.get("show")), "")
    counts = count_queue(officer=officer, now=now)
    decided = show == "decided"
    paginator = Paginator(list_queue(officer=officer, kind=kind, show=show, now=now), PER_PAGE)
    context = {
        **admin.site.each_context(request),
        "kind": kind,
        "show": show,
        "now": now,
        "counts": counts,
        "tabs": _build_tabs(counts, kind, show),
        "kind_labels": {known.kind: _(known.label) for known in list_kinds()},
        "page": None if decided else paginator.get_page(request.GET.get("page")),
        "decisions": _list_decisions(officer) if decided else [],
        **find_just_decided(request),
    }
    return render(request, "moderation/queue.html", context)


def _build_tabs(counts: dict[str, int], kind: str, show: str) -> list[dict[str, object]]:
    """The filters, as links."""
    kinds = [(known.kind, "", _(known.label), counts.get(known.kind, 0)) for known in list_kinds()]
    shows = [("", "free", _("Free to take"), counts["free"]), ("", "mine", _("Held by me"), counts["mine"])]
    entries = [("", "", _("All"), counts["all"]), *kinds, *shows, ("", "decided", _("Decided by me"), None)]
    return [
        {"query": f"?kind={of}" if of else (f"?show={how}" if how else "?"), "label": label, "count": count,
         "current": (of, how) == (kind, show)}
        for of, how, label, count in entries
    ]  # fmt: skip


def _list_decisions(officer: User) -> list[dict[str, object]]:
    decisions = list_recent_decisions(officer=officer)
    return [{"decision": decision, "can_undo": can_undo(decision, officer)} for decision in decisions]


@require_POST
def release(request: HttpRequest, case_id: int) -> HttpResponse:
    """Give a case back, and go to the queue."""
    release_case(case_id=case_id, officer=get_officer(request))
    return redirect("admin:moderation_queue")


@require_POST
def undo(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take a decision back; its case opens again."""
    officer = get_officer(request)
    decision = get_decision(officer=officer, decision_id=decision_id)
    get_kind(decision.case.kind).undo(decision=decision, officer=officer)
    messages.success(request, _("Undone. Nothing was mailed, and the case waits again."))
    return redirect("admin:moderation_case", decision.case_id)


@require_POST
def switch_shortcuts(request: HttpRequest) -> HttpResponse:
    """Keys on or off, and back to the page."""
    on = toggle_shortcuts(officer=get_officer(request))
    messages.success(request, _("Keys are on.") if on else _("Keys are off."))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else reverse("admin:moderation_queue"))
