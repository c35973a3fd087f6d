"""Accounts at carriers: a firm's pages, where owners change and colleagues look, and the same for the agency's officers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, NotAllowed, NotFound
from core.middleware import explain
from shipping.choices import Carrier, CarrierEnvironment
from shipping.forms.accounts import AccountForm
from shipping.models import CarrierAccount
from shipping.selectors.accounts import get_account, list_accounts
from shipping.services.accounts import (
    AccountTerms,
    add_account,
    change_account,
    remove_account,
    switch_off,
    switch_on,
)
from storefronts.choices import Role
from storefronts.selectors import build_workspace, get_membership

OWNERS = (Role.OWNER,)
READ_OR_SEND = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Desk:
    """Where accounts are looked after: whose they are (None: the agency's), the frame of the pages, and their addresses."""

    company_id: int | None
    frame: dict[str, Any]
    addresses: str
    args: tuple[str, ...] = ()

    def at(self, page: str, *args: int) -> str:
        """The address of a page: "carriers", "carrier_add" and so on."""
        return reverse(f"{self.addresses}{page}", args=[*self.args, *args])


def open_firms_desk(request: HttpRequest, slug: str, roles: tuple[str, ...] = ()) -> Desk:
    """Raises NotFound for strangers, NotAllowed for members without one of the roles."""
    member = get_membership(user=request.user, slug=slug, roles=roles)
    frame = {
        "frame": "workspace.html", "workspace": build_workspace(member=member, current="shipping"), "company": member.company,
        "can_change": member.role == Role.OWNER,
    }  # fmt: skip
    return Desk(member.company_id, frame, "shipping:", (slug,))


def open_officers_desk(request: HttpRequest) -> Desk:
    """For officers, whom the admin has let in."""
    frame = {**admin.site.each_context(request), "frame": "staff.html", "can_change": True}
    return Desk(None, frame, "admin:shipping_")


@login_required
@never_cache
@require_safe
def carriers(request: HttpRequest, slug: str) -> HttpResponse:
    """The firm's accounts, for every member."""
    return _list(request, open_firms_desk(request, slug))


@login_required
@never_cache
@require_http_methods(READ_OR_SEND)
def carrier_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new account of the firm. Owners only."""
    return _add(request, open_firms_desk(request, slug, OWNERS))


@login_required
@never_cache
@require_http_methods(READ_OR_SEND)
def carrier(request: HttpRequest, slug: str, account_id: int) -> HttpResponse:
    """Change an account of the firm. Owners only."""
    return _change(request, open_firms_desk(request, slug, OWNERS), account_id)


@login_required
@require_POST
def carrier_switch(request: HttpRequest, slug: str, account_id: int) -> HttpResponse:
    """Ask it no more, or again. Owners only."""
    return _switch(request, open_firms_desk(request, slug, OWNERS), account_id)


@login_required
@never_cache
@require_http_methods(READ_OR_SEND)
def carrier_remove(request: HttpRequest, slug: str, account_id: int) -> HttpResponse:
    """Ask once more, then forget it. Owners only."""
    return _remove(request, open_firms_desk(request, slug, OWNERS), account_id)


@never_cache
@require_safe
def officers_carriers(request: HttpRequest) -> HttpResponse:
    """The agency's accounts."""
    return _list(request, open_officers_desk(request))


@never_cache
@require_http_methods(READ_OR_SEND)
def officers_carrier_add(request: HttpRequest) -> HttpResponse:
    """A new account of the agency."""
    return _add(request, open_officers_desk(request))


@never_cache
@require_http_methods(READ_OR_SEND)
def officers_carrier(request: HttpRequest, account_id: int) -> HttpResponse:
    """Change an account of the agency."""
    return _change(request, open_officers_desk(request), account_id)


@require_POST
def officers_carrier_switch(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ask it no more, or again."""
    return _switch(request, open_officers_desk(request), account_id)


@never_cache
@require_http_methods(READ_OR_SEND)
def officers_carrier_remove(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ask once more, then forget it."""
    return _remove(request, open_officers_desk(request), account_id)


def _list(request: HttpRequest, desk: Desk) -> HttpResponse:
    accounts = [
        {
            "account": account, "change": desk.at("carrier", account.pk), "switch": desk.at("carrier_switch", account.pk),
            "remove": desk.at("carrier_remove", account.pk),
        }
        for account in list_accounts(user=request.user, company_id=desk.company_id)
    ]  # fmt: skip
    context = {**desk.frame, "accounts": accounts, "add": desk.at("carrier_add")}
    return render(request, "shipping/carriers/list.html", context)


def _add(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = AccountForm(_sent(request), initial={"environment": CarrierEnvironment.PRODUCTION})

    def write() -> CarrierAccount:
        return add_account(
            actor=_actor(request), company_id=desk.company_id, carrier=Carrier(form.cleaned_data["carrier"]), terms=_read_terms(form),
            credentials=form.read_credentials(),
        )  # fmt: skip

    return _take(request, desk, form, write, said=_("The account is kept, its credentials encrypted."))


def _change(request: HttpRequest, desk: Desk, account_id: int) -> HttpResponse:
    account = get_account(user=request.user, company_id=desk.company_id, account_id=account_id)
    form = AccountForm(_sent(request), account=account)

    def write() -> CarrierAccount:
        return change_account(
            actor=_actor(request), company_id=desk.company_id, account_id=account_id, terms=_read_terms(form),
            credentials=form.read_credentials(),
        )  # fmt: skip

    return _take(request, desk, form, write, said=_("The changes are kept."), account=account)


def _take(
    request: HttpRequest, desk: Desk, form: AccountForm, write: Callable[[], Any], *, said: str,
    account: CarrierAccount | None = None,
) -> HttpResponse:  # fmt: skip
    """Show the form; write what it says, or show what is wrong with it, its credentials empty again."""
    status = 200
    if request.method == "POST":
        try:
            if form.is_valid():
                write()
                messages.success(request, said)
                return redirect(desk.at("carriers"))
            status = 422
        except (NotFound, NotAllowed):
            raise
        except DomainError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
            status = refused.status
    context = {**desk.frame, "form": form, "account": account, "back": desk.at("carriers")}
    return render(request, "shipping/carriers/form.html", context, status=status)


def _switch(request: HttpRequest, desk: Desk, account_id: int) -> HttpResponse:
    act, said = (
        (switch_on, _("Switched on: lookups ask this account again."))
        if request.POST.get("to") == "on"
        else (switch_off, _("Switched off: no lookup asks this account."))
    )
    try:
        act(actor=_actor(request), company_id=desk.company_id, account_id=account_id)
    except (NotFound, NotAllowed):
        raise
    except DomainError as refused:
        messages.error(request, explain(refused))
    else:
        messages.success(request, said)
    return redirect(desk.at("carriers"))


def _remove(request: HttpRequest, desk: Desk, account_id: int) -> HttpResponse:
    account = get_account(user=request.user, company_id=desk.company_id, account_id=account_id)
    if request.method == "POST":
        remove_account(actor=_actor(request), company_id=desk.company_id, account_id=account_id)
        messages.success(request, _("The account is gone, and its credentials with it."))
        return redirect(desk.at("carriers"))
    context = {**desk.frame, "account": account, "back": desk.at("carriers")}
    return render(request, "shipping/carriers/remove.html", context)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _actor(request: HttpRequest) -> Any:
    return request.user


def _read_terms(form: AccountForm) -> AccountTerms:
    said = form.cleaned_data
    return AccountTerms(said["name"], CarrierEnvironment(said["environment"]), said["is_for_buyers"])
