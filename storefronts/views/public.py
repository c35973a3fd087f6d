"""Pages that everybody sees: the directory of exporters and a company's storefront."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.visits import is_visit, recall_destination
from reference.selectors import get_country_name
from storefronts.choices import CompanyKind
from storefronts.filters import StorefrontFilter
from storefronts.models import Company
from storefronts.registry import tell_visit
from storefronts.selectors import (
    find_membership,
    get_storefront,
    list_storefront_countries,
    list_storefronts,
)
from storefronts.selectors.pages import build_exporter_line, build_storefront_page, get_contact_url, show_proposal
from storefronts.selectors.structured import describe_organization

PAGE_SIZE = 24
STOREFRONT = "storefront"


class WayOut(HttpResponseRedirect):
    """To a contact of a company: another site, a telephone or a mail program."""

    allowed_schemes = ["http", "https", "mailto", "tel"]


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Exporters by name, country and kind; a value that is no filter's is left out, not an error."""
    language = get_language() or "en"
    chosen = StorefrontFilter(request.GET, queryset=list_storefronts())
    page = Paginator(chosen.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    countries = sorted(
        ((code, get_country_name(code=code, language=language)) for code in list_storefront_countries()),
        key=lambda row: row[1],
    )
    context = {
        "page": page,
        "total": page.paginator.count,
        "exporters": [build_exporter_line(company=company, language=language) for company in page],
        "q": request.GET.get("q", ""),
        "country": request.GET.get("country", ""),
        "kind": request.GET.get("kind", ""),
        "countries": countries,
        "kinds": CompanyKind.choices,
    }
    return render(request, "storefronts/directory.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A storefront. Its people and officers see it before it is public, and with `?proposed=1` as it would become."""
    company = get_storefront(user=request.user, slug=slug)
    member = find_membership(user=request.user, company=company)
    sees_drafts = bool(member) or getattr(request.user, "is_officer", False)
    proposed = sees_drafts and "proposed" in request.GET
    if proposed:
        company = show_proposal(company=company)
    context = {
        "page": build_storefront_page(company=company, user=request.user, language=get_language() or "en"),
        "company": company,
        "banner": _write_banner(company, proposed=proposed) if sees_drafts else "",
        "can_edit": bool(member and member.can_edit),
        "json_ld": describe_organization(company=company) if company.is_public and not proposed else "",
    }
    response = render(request, "storefronts/detail.html", context)
    _count(request, company, STOREFRONT)
    return response


@never_cache
@require_safe
def contact(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Lead on to a contact that the storefront shows, and count the click. Nothing in the request decides where to."""
    company = get_storefront(user=request.user, slug=slug)
    response = WayOut(get_contact_url(company=company, kind=kind))
    response["X-Robots-Tag"] = "noindex, nofollow"
    _count(request, company, kind)
    return response


def _count(request: HttpRequest, company: Company, kind: str) -> None:
    if company.is_public and is_visit(request):
        user = request.user if request.user.is_authenticated else None
        chosen = recall_destination(request).get("destination", "")
        tell_visit(company_id=company.pk, kind=kind, user=user, destination=chosen)


def _write_banner(company: Company, *, proposed: bool) -> str:
    if proposed:
        return _("This is a preview of what waits for the agency. Buyers do not see it yet.")
    if company.is_public:
        return ""
    return _("Only your team and the agency see this page. Buyers see it once the agency has checked your company.")
