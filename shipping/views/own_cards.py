"""An exporter's own rate cards: the list, a card that comes in, a version with what it changes. An officer publishes."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError, NotAllowed
from core.middleware import explain
from shipping.adapters.card_example import write_example
from shipping.exceptions import VersionGone
from shipping.forms.cards import CardFileForm
from shipping.selectors.card_plans import describe_card, get_own_version, list_own_versions
from shipping.services.cards import discard_version
from shipping.views.card_files import Received, receive_card
from storefronts.choices import Role
from storefronts.selectors import build_workspace, get_membership

PER_PAGE = 25
EXAMPLE_DAYS = 180
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS = (Role.OWNER, Role.EDITOR)


@login_required
@never_cache
@require_safe
def own_cards(request: HttpRequest, slug: str) -> HttpResponse:
    """The firm's tariffs, version by version."""
    member = get_membership(user=request.user, slug=slug)
    page = Paginator(list_own_versions(member=member), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "workspace": build_workspace(member=member, current="shipping"), "company": member.company, "page": page,
        "can_edit": member.can_edit,
    }  # fmt: skip
    return render(request, "shipping/desk/cards.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    """GET asks for the file; POST tries it, or writes it as a draft where it has no fault."""
    member = get_membership(user=request.user, slug=slug, roles=WRITERS)
    is_sent = request.method == "POST"
    received = receive_card(request, user=member.user, company=member.company) if is_sent else Received(CardFileForm())
    if received.version:
        messages.success(request, _("The card is a draft. It waits for an officer, who looks through it."))
        return redirect("shipping:own_card", slug, received.version.pk)
    context = {
        "workspace": build_workspace(member=member, current="shipping"), "company": member.company, **received.context
    }  # fmt: skip
    return render(request, "shipping/desk/card_import.html", context, status=received.status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_card(request: HttpRequest, slug: str, version_id: int) -> HttpResponse:
    """GET shows a version and what it changes; POST throws a draft away."""
    if request.method == "POST":
        return _discard(request, slug, version_id)
    member = get_membership(user=request.user, slug=slug)
    version = get_own_version(member=member, pk=version_id)
    context = {
        "workspace": build_workspace(member=member, current="shipping"), "company": member.company, "version": version,
        "about": describe_card(version=version), "can_edit": member.can_edit,
    }  # fmt: skip
    return render(request, "shipping/desk/card.html", context)


@login_required
@never_cache
@require_safe
def example(request: HttpRequest, slug: str) -> HttpResponse:
    """A small card of the firm as a workbook, to copy."""
    company = get_membership(user=request.user, slug=slug).company
    today = timezone.localdate()
    content = write_example(
        company=company.slug, country=company.country, first=today, last=today + timedelta(days=EXAMPLE_DAYS)
    )
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="rate-card-example.xlsx"'
    return answer


def _discard(request: HttpRequest, slug: str, version_id: int) -> HttpResponse:
    member = get_membership(user=request.user, slug=slug, roles=WRITERS)
    version = get_own_version(member=member, pk=version_id)
    try:
        discard_version(user=member.user, version_id=version.pk)
    except (NotAllowed, VersionGone):
        raise
    except DomainError as refused:
        messages.error(request, explain(refused))
        return redirect("shipping:own_card", slug, version_id)
    messages.success(request, _("The draft is gone."))
    return redirect("shipping:own_cards", slug)
