"""Pages of the house itself: alive, ready, the components page, and the agency's own: about, terms, privacy, help, contact."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from core.agency_pages import get_shown_page
from core.design_examples import EXAMPLES
from core.health import describe, measure_readiness


@require_GET
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_GET
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, else 503; queue lag and heartbeats are reported, not judged."""
    readiness = measure_readiness()
    return JsonResponse(describe(readiness), status=200 if readiness.database else 503)


@require_safe
def agency_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of the agency: its own text where it has written one, else the shipped one."""
    page = get_shown_page(slug=slug, language=get_language() or "en")
    template = f"core/{slug}.html" if page.body is None else "core/agency_page.html"
    return render(request, template, {"page": page})


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for whoever builds with them; not on a production site."""
    if settings.PRODUCTION:
        raise Http404
    return render(request, "design/components.html", EXAMPLES)
