"""The exporter's list of products and what its buttons do."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.errors import NotFound
from listings.selectors.editor import count_products, list_product_rows, list_products
from listings.services.availability import archive_listing, pause_listing, restore_listing, resume_listing
from storefronts.choices import Role
from storefronts.selectors import build_workspace, get_membership

PAGE_SIZE = 30
ACTS: dict[str, Callable[..., object]] = {
    "pause": pause_listing, "resume": resume_listing, "archive": archive_listing, "restore": restore_listing,
}  # fmt: skip


@login_required
@never_cache
@require_GET
def index(request: HttpRequest, company: str) -> HttpResponse:
    """All products of the company with both states."""
    member = get_membership(user=request.user, slug=company)
    show = request.GET.get("show", "")
    page = Paginator(list_products(member=member, show=show), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = count_products(member=member)
    context = {
        "workspace": build_workspace(member=member, current="products"), "page": page, "show": show,
        "rows": list_product_rows(listings=list(page.object_list)), "filters": _list_filters(counts, show),
        "can_edit": member.can_edit, "new_url": reverse("products:new", args=[company]),
        "has_any": any(counts.values()), "acts": _name_acts(),
    }  # fmt: skip
    return render(request, "listings/index.html", context)


@login_required
@require_POST
def act(request: HttpRequest, company: str, pk: int) -> HttpResponse:
    """Pause, resume, archive or restore a product."""
    member = get_membership(user=request.user, slug=company, roles=(Role.OWNER, Role.EDITOR))
    service = ACTS.get(request.POST.get("act", ""))
    if service is None:
        raise NotFound
    service(member=member, listing_id=pk)
    messages.success(request, _name_outcomes()[request.POST["act"]])
    return redirect("products:list", company)


def _name_acts() -> dict[str, str]:
    return {
        "pause": _("Pause"),
        "resume": _("Show again"),
        "archive": _("Archive"),
        "restore": _("Take out of the archive"),
    }


def _name_outcomes() -> dict[str, str]:
    return {
        "pause": _("Paused. Buyers no longer find this product."),
        "resume": _("Live again. Buyers find this product."),
        "archive": _("Put into the archive. Nothing is deleted."),
        "restore": _("Taken out of the archive."),
    }


def _list_filters(counts: dict[str, int], show: str) -> list[dict[str, object]]:
    names = {
        "live": _("Live"), "draft": _("Draft"), "review": _("Waiting for review"), "changes": _("Changes asked for"),
        "paused": _("Paused"), "suspended": _("Suspended"), "archived": _("Archived"),
    }  # fmt: skip
    every = sum(counts[state] for state in ("live", "draft", "paused", "suspended"))
    found: list[dict[str, object]] = [{"key": "", "label": _("All"), "count": every, "current": show not in names}]
    return found + [
        {"key": key, "label": label, "count": counts[key], "current": key == show}
        for key, label in names.items()
        if counts[key] or key == show
    ]
