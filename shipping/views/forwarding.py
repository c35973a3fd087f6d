"""Forwarders are asked from a lookup's page, and answer behind the mailed link without an account."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError, NotAllowed
from core.guests import checked_for_members
from core.middleware import explain
from shipping.choices import ForwarderRequestState
from shipping.exceptions import ForwarderHasAnswered, ForwarderLinkExpired
from shipping.forms.forwarders import ChosenForm, OfferForm, RefusalForm
from shipping.models import ForwarderRequest
from shipping.selectors.cargo import describe_cargo, describe_route
from shipping.selectors.forwarding import describe_answer, get_linked_request, is_open
from shipping.selectors.lookups import get_lookup
from shipping.services.forwarding import answer_with_offer, answer_with_refusal, ask_forwarders


@never_cache
@require_POST
def ask(request: HttpRequest, lookup_id: UUID) -> HttpResponse:
    """Ask the ticked forwarders, then back to the lookup, which says what came of it."""
    page = get_lookup(user=request.user, pk=lookup_id).get_absolute_url()
    if not request.user.is_authenticated:
        return redirect_to_login(page)
    form = ChosenForm(request.POST)
    chosen = form.cleaned_data["forwarders"] if form.is_valid() else []
    try:
        asked = ask_forwarders(user=request.user, lookup_id=lookup_id, forwarder_ids=chosen)
    except NotAllowed:
        raise
    except DomainError as refused:
        messages.error(request, explain(refused))
        return redirect(page)
    number = len(asked)
    told = ngettext("%(number)s forwarder is asked by mail.", "%(number)s forwarders are asked by mail.", number)
    messages.success(
        request, told % {"number": number} if asked else _("They were asked before; nobody gets a second mail.")
    )
    return redirect(page)


@checked_for_members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def freight(request: HttpRequest, token: str) -> HttpResponse:
    """What is to be carried, and the forwarder's answer to it. Opening the page answers nothing: mail scanners open links too."""
    found = get_linked_request(token=token)
    if not is_open(request=found, now=timezone.now()):
        return _show_ended(request, found, status=409 if request.method == "POST" else 200)
    if request.method == "POST":
        return _take(request, found, token)
    return _show_open(request, found, OfferForm(), _read_refusal(None))


def _take(request: HttpRequest, found: ForwarderRequest, token: str) -> HttpResponse:
    """The answer as it was typed, kept where it cannot be taken."""
    is_refusal = request.POST.get("act") == "refuse"
    offer = OfferForm(None if is_refusal else request.POST)
    refusal = _read_refusal(request.POST if is_refusal else None)
    form = refusal if is_refusal else offer
    if not form.is_valid():
        return _show_open(request, found, offer, refusal, status=422)
    try:
        _answer(token, offer, refusal)
    except (ForwarderHasAnswered, ForwarderLinkExpired) as late:
        return _show_ended(request, get_linked_request(token=token), status=late.status)
    except DomainError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
        return _show_open(request, found, offer, refusal, status=refused.status)
    return redirect("shipping:freight", token)


def _read_refusal(typed: Any) -> RefusalForm:
    return RefusalForm(typed, auto_id="id_refusal_%s")


def _answer(token: str, offer: OfferForm, refusal: RefusalForm) -> None:
    if refusal.is_bound:
        answer_with_refusal(token=token, reason=refusal.cleaned_data["reason"])
    else:
        answer_with_offer(token=token, offer=offer.read())


def _show_open(
    request: HttpRequest, found: ForwarderRequest, offer: OfferForm, refusal: RefusalForm, *, status: int = 200
) -> HttpResponse:
    asked = found.lookup.request
    context = {
        "asked": found, "facts": describe_cargo(request=asked), "route": describe_route(request=asked), "form": offer, "refusal": refusal,
        "has_errors": status != 200,
    }  # fmt: skip
    return render(request, "shipping/freight/page.html", context, status=status)


def _show_ended(request: HttpRequest, found: ForwarderRequest, *, status: int) -> HttpResponse:
    """What was answered, or that the days are over (410). A second answer is told that it changed nothing (409)."""
    if found.state in {ForwarderRequestState.ASKED, ForwarderRequestState.EXPIRED}:
        over = ForwarderLinkExpired()
        return render(request, "shipping/freight/over.html", {"message": explain(over)}, status=over.status)
    context = {
        "asked": found, "facts": describe_answer(request=found), "route": describe_route(request=found.lookup.request),
        "is_declined": found.state == ForwarderRequestState.DECLINED,
        "problem": explain(ForwarderHasAnswered()) if status == ForwarderHasAnswered.status else "",
    }  # fmt: skip
    return render(request, "shipping/freight/answered.html", context, status=status)
