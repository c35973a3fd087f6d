"""The exporter's figures: a page, and the weeks as a file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from listings.adapters.figures_file import write_weeks
from listings.rules.traffic import FEWEST
from listings.selectors.figures import WEEKS, get_figures, list_week_rows
from storefronts.selectors import build_workspace, get_membership


@login_required
@never_cache
@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """Twelve weeks of views, followed contacts and what came of them."""
    member = get_membership(user=request.user, slug=company)
    context = {
        "workspace": build_workspace(member=member, current="figures"),
        "company": member.company,
        "figures": get_figures(member=member, language=get_language() or "en"),
        "number_of_weeks": WEEKS,
        "fewest": FEWEST,
        "products_url": reverse("products:list", args=[company]),
    }
    return render(request, "listings/figures.html", context)


@login_required
@never_cache
@require_safe
def weeks(request: HttpRequest, company: str) -> HttpResponse:
    """The same weeks as CSV."""
    member = get_membership(user=request.user, slug=company)
    headings, rows = list_week_rows(member=member)
    response = HttpResponse(write_weeks(headings, rows), content_type="text/csv; charset=utf-8")
    name = f"figures-{company}-{timezone.localdate().isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
