"""What stands beside the editor: the certificates that cover a product, and what markets ask of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certifications.choices import Family, Market
from core.errors import DomainError, NotFound
from core.middleware import explain
from listings.choices import ListingState
from listings.selectors.coverage import list_choices
from listings.selectors.drafts import Draft, get_draft
from listings.selectors.gaps import get_gaps, list_markets
from listings.services.answers import answer_requirement
from listings.services.coverage import cover_listing
from listings.views.editor import NAV_KEY, find_member
from storefronts.models import Member
from storefronts.selectors import build_workspace

ANSWERS = {"yes": True, "no": False}


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def certificates(request: HttpRequest, company: str, pk: int) -> HttpResponse:
    """Which certificates cover the product. They are no part of a revision: officers check them with the certificate."""
    member = find_member(request, company)
    draft = get_draft(member=member, listing_id=pk)
    errors: list[tuple[str, str]] = []
    status = 200
    if request.method == "POST":
        try:
            cover_listing(member=member, listing_id=pk, certificate_public_ids=request.POST.getlist("certificate"))
        except NotFound:
            raise
        except DomainError as error:  # the product was put into the archive in the meantime
            errors, status = [("", explain(error))], error.status
        else:
            messages.success(request, _("Saved."))
            return redirect("products:certificates", company, pk)
    context = _context(member, draft, _("Certificates")) | {
        "choices": list_choices(member=member, listing=draft.listing), "errors": errors, "has_errors": bool(errors),
        "can_edit": member.can_edit and draft.listing.state != ListingState.ARCHIVED,
        "add_url": reverse("certificates:list", args=[company]),
    }  # fmt: skip
    return render(request, "listings/certificates.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def gaps(request: HttpRequest, company: str, pk: int) -> HttpResponse:
    """The product against chosen markets; a POST says of one document whether the company has it."""
    member = find_member(request, company)
    draft = get_draft(member=member, listing_id=pk)
    if request.method == "POST":
        return _answer(request, member, pk)
    family = request.GET.get("family", "")
    chosen = list_markets(chosen=request.GET.getlist("market"))
    day = timezone.localdate()
    context = _context(member, draft, _("Markets")) | {
        "gaps": get_gaps(listing=draft.listing, markets=chosen, family=family, day=day), "can_edit": member.can_edit,
        "markets": [(market.value, market.label, market in chosen) for market in Market],
        "families": [(value, label) for value, label in Family.choices if value != Family.ANY],
        "certificates_url": reverse("products:certificates", args=[company, pk]),
        "hs_code_url": reverse("products:edit", args=[company, pk, "delivery"]),
    }  # fmt: skip
    return render(request, "listings/markets.html", context)


def _answer(request: HttpRequest, member: Member, pk: int) -> HttpResponseRedirect:
    """Keep the answer and come back to the cell, with the same markets in view."""
    said, key = request.POST.get("has_it", ""), request.POST.get("requirement", "")
    if said not in ANSWERS or not slug_re.match(key):
        raise NotFound
    answer_requirement(member=member, listing_id=pk, requirement_key=key, has_it=ANSWERS[said])
    address = reverse("products:markets", args=[member.company.slug, pk])
    shown = urlencode({"market": request.POST.getlist("market"), "family": request.POST.getlist("family")}, doseq=True)
    return redirect(f"{address}?{shown}#{key}" if shown else f"{address}#{key}")


def _context(member: Member, draft: Draft, here: str) -> dict[str, Any]:
    slug, listing = member.company.slug, draft.listing
    name = draft.revision.title or _("No name yet")
    return {
        "workspace": build_workspace(member=member, current=NAV_KEY), "listing": listing, "revision": draft.revision,
        "page_url": reverse("products:markets", args=[slug, listing.pk]),
        "crumbs": [
            {"label": _("Products"), "url": reverse("products:list", args=[slug])},
            {"label": name, "url": reverse("products:edit", args=[slug, listing.pk, "review"])}, {"label": here},
        ],
    }  # fmt: skip
