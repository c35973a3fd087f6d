"""People of a company: the team page, its buttons, what they did, and the page that an invitation leads to."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.adapters import require_fresh_sign_in
from core.errors import DomainError
from core.middleware import explain
from storefronts.choices import ROLE_NAMES, Role
from storefronts.exceptions import InvitationGone
from storefronts.forms import InvitationForm, OfferForm, RoleForm
from storefronts.models import Member
from storefronts.selectors import (
    build_workspace,
    get_invitation,
    get_membership,
    get_team,
    is_owner,
    list_activity,
    tell_activity,
)
from storefronts.services import (
    accept_invitation,
    change_role,
    invite_member,
    leave_company,
    remove_member,
    revoke_invitation,
    say_works_alone,
)

LINES = 25


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody of the company; owners invite, give roles and take people out."""
    if request.method != "POST":
        return _show(request, get_membership(user=request.user, slug=slug), InvitationForm())
    member = get_membership(user=request.user, slug=slug, roles=(Role.OWNER,))
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _show(request, member, form, status=422)
    _guard_ownership(request, member, role=form.cleaned_data["role"])
    try:
        invite_member(member=member, **form.cleaned_data, language=get_language() or "en")
    except DomainError as refused:
        form.add_error(refused.field, explain(refused))
        return _show(request, member, form, status=refused.status)
    messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": form.cleaned_data["email"]})
    return redirect("storefronts:team", slug)


@login_required
@require_POST
def role(request: HttpRequest, slug: str, member_id: int) -> HttpResponse:
    """Give a colleague another role."""
    member = get_membership(user=request.user, slug=slug, roles=(Role.OWNER,))
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the three roles."))
        return _show(request, member, InvitationForm(), status=422)
    _guard_ownership(request, member, role=form.cleaned_data["role"], colleague=member_id)
    return _try(
        request,
        member,
        lambda: change_role(member=member, member_id=member_id, role=form.cleaned_data["role"]),
        _("Role changed."),
    )


@login_required
@require_POST
def remove(request: HttpRequest, slug: str, member_id: int) -> HttpResponse:
    """Take a colleague out of the company."""
    member = get_membership(user=request.user, slug=slug, roles=(Role.OWNER,))
    _guard_ownership(request, member, colleague=member_id)
    return _try(
        request,
        member,
        lambda: remove_member(member=member, member_id=member_id),
        _("The person no longer belongs to your team."),
    )


@login_required
@require_POST
def revoke(request: HttpRequest, slug: str, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    member = get_membership(user=request.user, slug=slug, roles=(Role.OWNER,))
    return _try(
        request,
        member,
        lambda: revoke_invitation(member=member, invitation_id=invitation_id),
        _("The invitation is taken back."),
    )


@login_required
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave the company oneself."""
    member = get_membership(user=request.user, slug=slug)
    _guard_ownership(request, member, colleague=member.pk)
    try:
        leave_company(member=member)
    except DomainError as refused:
        messages.error(request, explain(refused))
        return _show(request, member, InvitationForm(), status=refused.status)
    messages.success(request, _("You have left %(company)s.") % {"company": member.company})
    return redirect("storefronts:home")


@login_required
@require_POST
def alone(request: HttpRequest, slug: str) -> HttpResponse:
    """The owner says that nobody else works here."""
    member = get_membership(user=request.user, slug=slug, roles=(Role.OWNER,))
    return _try(
        request, member, lambda: say_works_alone(member=member), _("Noted. You can invite somebody at any time.")
    )


@login_required
@never_cache
@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """What the team did, the latest first; owners and editors read it."""
    member = get_membership(user=request.user, slug=slug, roles=(Role.OWNER, Role.EDITOR))
    page = Paginator(list_activity(company=member.company), LINES).get_page(request.GET.get("page"))
    context = {
        "workspace": build_workspace(member=member, current="team"),
        "company": member.company,
        "page": page,
        "lines": tell_activity(company=member.company, entries=list(page.object_list)),
    }
    return render(request, "storefronts/activity.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where an invitation's link leads: a button for the invited person, the way to sign in for everybody else."""
    try:
        if request.method == "POST" and request.user.is_authenticated:
            member = accept_invitation(token=token, user=request.user)
            messages.success(request, _("Welcome to %(company)s.") % {"company": member.company})
            return redirect("storefronts:dashboard", member.company.slug)
        found = get_invitation(token=token)
    except InvitationGone as gone:
        return render(request, "storefronts/invitation_gone.html", {"text": explain(gone)}, status=gone.status)
    email = getattr(request.user, "email", "")
    context = {
        "invitation": found,
        "email": email,
        "is_invited": email.lower() == found.email.lower(),
        "query": urlencode({"next": request.path, "as": "exporter"}),
        "new_query": urlencode({"next": request.path, "as": "exporter", "email": found.email}),
    }
    return render(request, "storefronts/invitation.html", context, status=403 if request.method == "POST" else 200)


def _guard_ownership(request: HttpRequest, member: Member, *, role: str = "", colleague: int | None = None) -> None:
    """Whoever gives or takes ownership shows anew who is there, as for a handover."""
    if role == Role.OWNER or (colleague is not None and is_owner(company=member.company, member_id=colleague)):
        require_fresh_sign_in(request)


def _try(request: HttpRequest, member: Member, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except DomainError as refused:
        messages.error(request, explain(refused))
        return _show(request, member, InvitationForm(), status=refused.status)
    messages.success(request, done)
    return redirect("storefronts:team", member.company.slug)


def _show(request: HttpRequest, member: Member, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    team_seen = get_team(member=member)
    can_hand_over = member.can_manage_team and team_seen.offer is None
    context = {
        "workspace": build_workspace(member=member, current="team"),
        "company": member.company,
        "me": member,
        "team": team_seen,
        "offer": team_seen.offer,
        "offer_form": OfferForm(company=member.company) if can_hand_over else None,
        "roles": ROLE_NAMES.items(),
        "can_manage_team": member.can_manage_team,
        "can_read_activity": member.can_edit,
        "form": form,
        "has_errors": status != 200,
    }
    return render(request, "storefronts/team.html", context, status=status)
