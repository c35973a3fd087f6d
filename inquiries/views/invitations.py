"""Sourcing requests in an exporter's workspace: the list, one with its reasons, answering and declining."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError, NotAllowed, NotFound
from core.middleware import explain
from inquiries.selectors.invitations import get_invitation_page, list_invitations
from inquiries.services.matching import answer_request, decline_request
from storefronts.choices import Role
from storefronts.models import Member
from storefronts.selectors import build_workspace, get_membership

PAGE_SIZE = 25
WRITERS = (Role.OWNER, Role.EDITOR)


@login_required
@never_cache
@require_safe
def invitations(request: HttpRequest, company: str) -> HttpResponse:
    """Requests that the company was asked to answer."""
    member = get_membership(user=request.user, slug=company)
    page = Paginator(list_invitations(member=member), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"workspace": build_workspace(member=member, current="requests"), "company": member.company, "page": page}
    return render(request, "inquiries/invitations.html", context)


@login_required
@never_cache
@require_safe
def invitation(request: HttpRequest, company: str, match_id: int) -> HttpResponse:
    """One request with why the company was asked."""
    return _show(request, get_membership(user=request.user, slug=company), match_id)


@login_required
@never_cache
@require_POST
def answer(request: HttpRequest, company: str, match_id: int) -> HttpResponse:
    """Open the thread, or come to the one that a colleague opened."""
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    try:
        return redirect(answer_request(member=member, match_id=match_id))
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        return _show(request, member, match_id, problem=explain(refusal), status=refusal.status)


@login_required
@never_cache
@require_POST
def decline(request: HttpRequest, company: str, match_id: int) -> HttpResponse:
    """Say no; it counts nowhere."""
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    try:
        decline_request(member=member, match_id=match_id)
    except (NotFound, NotAllowed):
        raise
    except DomainError as refusal:
        return _show(request, member, match_id, problem=explain(refusal), status=refusal.status)
    messages.success(
        request, _("Declined. That changes nothing for your company; you can still answer while the request is open.")
    )
    return redirect("inquiries:invitations", company)


def _show(request: HttpRequest, member: Member, match_id: int, *, problem: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "workspace": build_workspace(member=member, current="requests"), "company": member.company, "can_edit": member.can_edit,
        "page": get_invitation_page(member=member, match_id=match_id), "problem": problem,
    }  # fmt: skip
    return render(request, "inquiries/invitation.html", context, status=status)
