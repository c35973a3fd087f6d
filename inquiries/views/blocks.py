"""Blocking a buyer from the thread, the company's list of blocked buyers, and the officers' page of barred addresses."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.errors import DomainError, NotAllowed, NotFound
from core.middleware import explain
from inquiries.forms.blocks import BarForm, BlockForm, LiftForm
from inquiries.selectors.blocks import find_block_address, list_barred, list_blocked, list_often_blocked
from inquiries.selectors.threads import Seat, get_seat
from inquiries.services.blocks import bar_buyer, block_buyer, lift_bar, unblock_buyer
from inquiries.views.frames import build_frame
from inquiries.views.reading import get_reader, read_number
from storefronts.choices import Role
from storefronts.selectors import build_workspace, get_membership

PAGE_SIZE = 50
WRITERS = (Role.OWNER, Role.EDITOR)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Ask once what for, then block the buyer of this thread."""
    reader = get_reader(request)
    seat = get_seat(reader=reader, inquiry_id=inquiry_id)
    if seat.member is None or not seat.can_write:
        raise NotAllowed
    form = BlockForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show_block(request, seat, form)
    if not form.is_valid():
        return _show_block(request, seat, form, status=422)
    try:
        block_buyer(reader=reader, inquiry_id=inquiry_id, reason=form.cleaned_data["reason"])
    except DomainError as refused:
        if type(refused) in {NotFound, NotAllowed}:
            raise
        form.add_error("reason" if refused.field else None, explain(refused))
        return _show_block(request, seat, form, status=refused.status)
    messages.success(request, _("Blocked. This buyer can no longer ask or write to you."))
    return redirect("inquiries:blocked", seat.member.company.slug)


@login_required
@never_cache
@require_safe
def blocked(request: HttpRequest, company: str) -> HttpResponse:
    """Whom the company has blocked."""
    member = get_membership(user=request.user, slug=company)
    page = Paginator(list_blocked(member=member), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "workspace": build_workspace(member=member, current="inquiries"), "company": member.company, "can_edit": member.can_edit,
        "page": page,
    }  # fmt: skip
    return render(request, "inquiries/blocked.html", context)


@login_required
@never_cache
@require_POST
def unblock(request: HttpRequest, company: str, block_id: int) -> HttpResponse:
    """Take messages from a buyer again."""
    unblock_buyer(member=get_membership(user=request.user, slug=company, roles=WRITERS), block_id=block_id)
    messages.success(request, _("Unblocked. This buyer can ask and write to you again."))
    return redirect("inquiries:blocked", company)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def barred(request: HttpRequest) -> HttpResponse:
    """The officers' page: who is barred, who is blocked by several firms; bar an address, lift a bar."""
    officer = request.user
    assert isinstance(officer, User)  # noqa: S101  admin_view lets nobody else in
    if request.method != "POST":
        chosen = read_number(request.GET.get("of", ""))
        email = find_block_address(officer=officer, block_id=chosen) if chosen else ""
        return _show_barred(request, officer, BarForm(initial={"email": email}))
    form = LiftForm(request.POST) if request.POST.get("act") == "lift" else BarForm(request.POST)
    if not form.is_valid():
        return _show_barred(request, officer, form, status=422)
    try:
        done = _carry_out(officer, form)
    except DomainError as refused:
        if isinstance(refused, NotFound):
            raise
        form.add_error(refused.field, explain(refused))
        return _show_barred(request, officer, form, status=refused.status)
    messages.success(request, done)
    return redirect("admin:inquiries_barred")


def _carry_out(officer: User, form: Form) -> str:
    said = form.cleaned_data
    if isinstance(form, LiftForm):
        lift_bar(officer=officer, bar_id=said["bar"], reason=said["reason"])
        return _("The bar is lifted, and the address is told.")
    bar_buyer(officer=officer, email=said["email"], reason=said["reason"])
    return _("Barred. The address is told why, and how to answer.")


def _show_block(request: HttpRequest, seat: Seat, form: BlockForm, *, status: int = 200) -> HttpResponse:
    context = {**build_frame(seat), "inquiry": seat.inquiry, "form": form}
    return render(request, "inquiries/block.html", context, status=status)


def _show_barred(request: HttpRequest, officer: User, form: Form, *, status: int = 200) -> HttpResponse:
    page = Paginator(list_barred(officer=officer), PAGE_SIZE).get_page(request.GET.get("page"))
    lifted: Any = form if isinstance(form, LiftForm) else None
    context = {
        **admin.site.each_context(request), "page": page, "often": list_often_blocked(officer=officer), "form": BarForm() if lifted else form,
        "has_errors": status != 200,
        "lifted_id": read_number(request.POST.get("bar", "")) if lifted else None,
        "lift_problem": next((text for texts in lifted.errors.values() for text in texts), "") if lifted else "",
    }  # fmt: skip
    return render(request, "inquiries/officer/barred.html", context, status=status)
