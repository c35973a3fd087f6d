"""The exporter's forwarders: the list, one of them, and the switch."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, NotAllowed, NotFound
from core.middleware import explain
from shipping.forms.forwarders import ForwarderForm
from shipping.models import Forwarder
from shipping.selectors.forwarders import get_forwarder, list_forwarders
from shipping.services.forwarders import add_forwarder, change_forwarder, switch_off_forwarder, switch_on_forwarder
from storefronts.choices import Role
from storefronts.models import Member
from storefronts.selectors import build_workspace, get_membership

WRITERS = (Role.OWNER, Role.EDITOR)


@login_required
@never_cache
@require_safe
def forwarders(request: HttpRequest, company: str) -> HttpResponse:
    """Whom the firm knows, and how many requests wait for them."""
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    context = {**_build_frame(member), "rows": list_forwarders(member=member)}
    return render(request, "shipping/desk/forwarders.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_forwarder(request: HttpRequest, company: str) -> HttpResponse:
    """Write one down."""
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    instance = Forwarder(company=member.company, language=get_language() or "en")
    form = ForwarderForm(request.POST or None, instance=instance)
    if request.method != "POST":
        return _show(request, member, form)
    if not form.is_valid():
        return _show(request, member, form, status=422)
    try:
        add_forwarder(member=member, facts=form.read())
    except DomainError as refused:
        return _refuse(request, member, form, refused)
    messages.success(request, _("Written down. You can ask them on the page of a freight lookup."))
    return redirect("shipping:forwarders", company)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forwarder(request: HttpRequest, company: str, forwarder_id: int) -> HttpResponse:
    """Change one."""
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    found = get_forwarder(member=member, forwarder_id=forwarder_id)
    form = ForwarderForm(request.POST or None, instance=found)
    if request.method != "POST":
        return _show(request, member, form, found)
    if not form.is_valid():
        return _show(request, member, form, get_forwarder(member=member, forwarder_id=forwarder_id), status=422)
    try:
        change_forwarder(member=member, forwarder_id=forwarder_id, facts=form.read())
    except DomainError as refused:
        return _refuse(request, member, form, refused, found)
    messages.success(request, _("Saved."))
    return redirect("shipping:forwarders", company)


@login_required
@never_cache
@require_POST
def switch_forwarder(request: HttpRequest, company: str, forwarder_id: int) -> HttpResponse:
    """Ask them no more, or again."""
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    if request.POST.get("to") == "on":
        switch_on_forwarder(member=member, forwarder_id=forwarder_id)
        messages.success(request, _("They may be asked again."))
    else:
        switch_off_forwarder(member=member, forwarder_id=forwarder_id)
        messages.success(request, _("They are asked no more. What you have asked them can still be answered."))
    return redirect("shipping:forwarders", company)


def _build_frame(member: Member) -> dict[str, object]:
    return {
        "workspace": build_workspace(member=member, current="shipping"), "company": member.company, "tab": "forwarders",
    }  # fmt: skip


def _refuse(
    request: HttpRequest, member: Member, form: ForwarderForm, refused: DomainError, found: Forwarder | None = None
) -> HttpResponse:
    if isinstance(refused, NotFound | NotAllowed):
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
    return _show(request, member, form, found, status=refused.status)


def _show(
    request: HttpRequest, member: Member, form: ForwarderForm, found: Forwarder | None = None, *, status: int = 200
) -> HttpResponse:
    context = {**_build_frame(member), "form": form, "forwarder": found}
    return render(request, "shipping/desk/forwarder.html", context, status=status)
