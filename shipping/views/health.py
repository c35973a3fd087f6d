"""Officers see how carriers, rate cards and forwarders answer, and open one of them."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shipping.selectors.health import build_span, complete, find_health, list_health, list_pieces
from shipping.selectors.health_words import plot_pieces, tell_health, tell_provider

PER_PAGE = 25


@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every provider in a table, and all accounts together as plots."""
    now = timezone.now()
    span = build_span(key=request.GET.get("span", "day"), now=now)
    page = Paginator(list_health(user=request.user, span=span), PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        tell_health(one=one, span=span, now=now) for one in complete(told=list(page.object_list), span=span, now=now)
    ]
    plots, table = plot_pieces(pieces=list_pieces(span=span), span=span)
    context = {"page": page, "lines": lines, "plots": plots, "table": table, "span": span}
    return render(request, "shipping/officer/health.html", {**admin.site.each_context(request), **context})


@never_cache
@require_safe
def provider(request: HttpRequest, provider: str) -> HttpResponse:
    """One of them: "cards", "forwarder" or the number of an account."""
    now = timezone.now()
    span = build_span(key=request.GET.get("span", "day"), now=now)
    found = find_health(user=request.user, span=span, provider=provider)
    (one,) = complete(told=[found], span=span, now=now)
    told = tell_provider(one=one, pieces=list_pieces(span=span, key=one.key), span=span, now=now)
    context = {**admin.site.each_context(request), "told": told, "account": one.account, "span": span}
    return render(request, "shipping/officer/provider.html", context)
