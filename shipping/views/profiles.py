"""An exporter's shipping profiles: the list, one that is added or changed, the usual one, one that goes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, NotAllowed
from core.middleware import explain
from shipping.exceptions import ProfileGone
from shipping.forms.profiles import ProfileEntry
from shipping.models import ShippingProfile
from shipping.selectors.profiles import get_profile, list_profiles, propose_place
from shipping.services.profiles import make_usual, remove_profile, save_profile
from storefronts.choices import Role
from storefronts.models import Member
from storefronts.selectors import build_workspace, get_membership

WRITERS = (Role.OWNER, Role.EDITOR)


@login_required
@never_cache
@require_safe
def profiles(request: HttpRequest, slug: str) -> HttpResponse:
    """Every profile of the firm; viewers read them too."""
    member = get_membership(user=request.user, slug=slug)
    context = {
        "workspace": build_workspace(member=member, current="shipping"), "company": member.company,
        "profiles": list_profiles(member=member), "can_edit": member.can_edit,
    }  # fmt: skip
    return render(request, "shipping/desk/profiles.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_profile(request: HttpRequest, slug: str) -> HttpResponse:
    """A new profile; the first one begins with the firm's own place."""
    member = get_membership(user=request.user, slug=slug, roles=WRITERS)
    if request.method == "POST":
        return _save(request, member, None)
    is_first = not list_profiles(member=member)
    proposed = propose_place(company=member.company) if is_first else {"country": member.company.country}
    return _show(request, member, ProfileEntry(proposed=proposed), None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, slug: str, profile_id: int) -> HttpResponse:
    """Change one."""
    member = get_membership(user=request.user, slug=slug, roles=WRITERS)
    found = get_profile(member=member, profile_id=profile_id)
    return (
        _save(request, member, found)
        if request.method == "POST"
        else _show(request, member, ProfileEntry(profile=found), found)
    )


@login_required
@require_POST
def use_profile(request: HttpRequest, slug: str, profile_id: int) -> HttpResponse:
    """Make one the usual one."""
    member = get_membership(user=request.user, slug=slug, roles=WRITERS)
    chosen = make_usual(member=member, profile_id=profile_id)
    messages.success(request, _("“%(name)s” is used unless another is chosen.") % {"name": chosen.name})
    return redirect("shipping:profiles", slug)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, slug: str, profile_id: int) -> HttpResponse:
    """Ask once, then forget it."""
    member = get_membership(user=request.user, slug=slug, roles=WRITERS)
    found = get_profile(member=member, profile_id=profile_id)
    if request.method == "POST":
        remove_profile(member=member, profile_id=profile_id)
        messages.success(request, _("The shipping profile is removed."))
        return redirect("shipping:profiles", slug)
    context = {
        "workspace": build_workspace(member=member, current="shipping"), "company": member.company, "profile": found
    }  # fmt: skip
    return render(request, "shipping/desk/profile_remove.html", context)


def _save(request: HttpRequest, member: Member, found: ShippingProfile | None) -> HttpResponse:
    entry = ProfileEntry(data=request.POST)
    if not entry.is_valid():
        return _show(request, member, entry, found, status=422)
    try:
        save_profile(member=member, facts=entry.facts, charges=entry.charges, profile_id=found.pk if found else None)
    except (NotAllowed, ProfileGone):
        raise
    except DomainError as refused:
        entry.form.add_error(refused.field, explain(refused))
        return _show(request, member, entry, found, status=refused.status)
    messages.success(request, _("The shipping profile is saved."))
    return redirect("shipping:profiles", member.company.slug)


def _show(
    request: HttpRequest, member: Member, entry: ProfileEntry, found: ShippingProfile | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "workspace": build_workspace(member=member, current="shipping"), "company": member.company, "profile": found,
        "form": entry.form, "rows": entry.rows, "problem_sources": [entry.form, *entry.rows], "has_errors": status >= 400,
    }  # fmt: skip
    return render(request, "shipping/desk/profile.html", context, status=status)
