"""Officers bring in rate cards, see what a version changes, and publish it."""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from core.errors import DomainError, NotAllowed
from core.middleware import explain
from shipping.exceptions import VersionGone
from shipping.forms.cards import CardFileForm
from shipping.selectors.card_plans import describe_card, get_version, list_versions, list_waiting_drafts
from shipping.services.cards import discard_version, publish_version
from shipping.views.card_files import Received, receive_card

PER_PAGE = 25


@never_cache
@require_safe
def list_cards(request: HttpRequest) -> HttpResponse:
    """Every version of every tariff, those of one tariff together; or the drafts of exporters, which wait."""
    shows_waiting = request.GET.get("show") == "waiting"
    versions = (list_waiting_drafts if shows_waiting else list_versions)(user=request.user)
    context = {
        **admin.site.each_context(request), "page": Paginator(versions, PER_PAGE).get_page(request.GET.get("page")),
        "shows_waiting": shows_waiting,
    }  # fmt: skip
    return render(request, "shipping/officer/cards.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in_card(request: HttpRequest) -> HttpResponse:
    """GET asks for the file; POST tries it, or writes it as a draft where it has no fault."""
    received = receive_card(request, user=_officer(request)) if request.method == "POST" else Received(CardFileForm())
    if received.version:
        messages.success(request, _("The card is a draft. Look through it and publish it."))
        return redirect("admin:rate_card", received.version.pk)
    context = {**admin.site.each_context(request), **received.context}
    return render(request, "shipping/officer/import.html", context, status=received.status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, version_id: int) -> HttpResponse:
    """GET shows a version and what it changes; POST publishes a draft or throws it away."""
    if request.method == "POST":
        return _decide(request, version_id)
    version = get_version(user=request.user, pk=version_id)
    context = {**admin.site.each_context(request), "version": version, "about": describe_card(version=version)}
    return render(request, "shipping/officer/card.html", context)


def _decide(request: HttpRequest, version_id: int) -> HttpResponse:
    officer, is_discarded = _officer(request), request.POST.get("then") == "discard"
    try:
        if is_discarded:
            discard_version(user=officer, version_id=version_id)
        else:
            publish_version(officer=officer, version_id=version_id)
    except (NotAllowed, VersionGone):
        raise
    except DomainError as refused:
        messages.error(request, explain(refused))
        return redirect("admin:rate_card", version_id)
    if is_discarded:
        messages.success(request, _("The draft is gone."))
        return redirect("admin:rate_cards")
    messages.success(request, _("Published: the card prices loads from now on."))
    return redirect("admin:rate_card", version_id)


def _officer(request: HttpRequest) -> User:
    officer = request.user
    assert isinstance(officer, User)  # noqa: S101  admin_view lets nobody else in
    return officer
