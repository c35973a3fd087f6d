"""Are these prices still right? Answered by a mailed link without sign-in, or on a page of the workspace."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.errors import DomainError, NotFound
from core.middleware import explain
from listings.exceptions import PriceFirmSuspended, PriceLinkClosed, PriceLinkExpired
from listings.rules.price_dates import PRICE_DAYS
from listings.selectors.price_dates import (
    AskedProduct,
    PriceLink,
    get_asked_member,
    list_asked_ids,
    list_asked_products,
    read_answer_link,
)
from listings.services.availability import pause_listing
from listings.services.price_dates import confirm_prices, confirm_prices_by_link, pause_by_link
from storefronts.choices import Role
from storefronts.models import Member
from storefronts.selectors import build_workspace, get_membership

WRITERS = (Role.OWNER, Role.EDITOR)


@csrf_exempt  # no session stands behind it: the signed address is all that an answer needs
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """GET only shows, for mail scanners follow links; people press buttons."""
    try:
        link = read_answer_link(token=token)
        member = get_asked_member(link=link)
    except (PriceLinkExpired, PriceLinkClosed, PriceFirmSuspended) as refused:
        context = {"text": explain(refused), "is_expired": isinstance(refused, PriceLinkExpired)}
        return render(request, "listings/price_dates/closed.html", context, status=refused.status)
    products = list_asked_products(member=member, since=link.asked_on, language=get_language() or "en")
    if request.method == "POST":
        return _answer_by_link(request, member, link, products)
    context = {"company": member.company, "products": products, "number": sum(one.is_open for one in products)}
    return render(request, "listings/price_dates/answer.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prices(request: HttpRequest, company: str) -> HttpResponse:
    """The same for members who are signed in: what waits for an answer. The editor's button comes here too."""
    is_post = request.method == "POST"
    member = get_membership(user=request.user, slug=company, roles=WRITERS if is_post else ())
    if is_post:
        return _answer_signed_in(request, member)
    products = list_asked_products(member=member, since=None, language=get_language() or "en")
    context = {
        "workspace": build_workspace(member=member, current="products"), "company": member.company, "products": products,
        "number": len(products), "can_edit": member.can_edit, "is_signed_in": True, "price_days": PRICE_DAYS,
        "crumbs": [{"label": _("Products"), "url": reverse("products:list", args=[company])}, {"label": _("Prices to confirm")}],
    }  # fmt: skip
    return render(request, "listings/price_dates/workspace.html", context)


def _answer_by_link(
    request: HttpRequest, member: Member, link: PriceLink, products: list[AskedProduct]
) -> HttpResponse:
    if "change" in request.POST:
        chosen = next((one for one in products if one.id == _read_id(request, "change")), None)
        if chosen is None:
            raise NotFound
        return redirect(f"{chosen.edit_url}#s-price")
    if "pause" in request.POST:
        pk = _read_id(request, "pause")
        return _try(request, lambda: pause_by_link(member=member, link=link, listing_id=pk), request.path)
    ids = _read_confirmed(request, member)
    return _try(request, lambda: confirm_prices_by_link(member=member, link=link, listing_ids=ids), request.path)


def _answer_signed_in(request: HttpRequest, member: Member) -> HttpResponse:
    slug = member.company.slug
    if "pause" in request.POST:
        pk = _read_id(request, "pause")
        return _try(
            request, lambda: pause_listing(member=member, listing_id=pk), reverse("products:prices", args=[slug])
        )
    ids = _read_confirmed(request, member)
    back = reverse("products:prices", args=[slug])
    if request.POST.get("back") == "editor" and len(ids) == 1:
        back = reverse("products:edit", args=[slug, ids[0], "pictures"]) + "#s-price"
    return _try(request, lambda: confirm_prices(member=member, listing_ids=ids), back)


def _try(request: HttpRequest, act: Callable[[], object], back: str) -> HttpResponse:
    """Do it and say so, or say why not; either way back to the page, which shows what stands now."""
    try:
        done = act()
    except NotFound:
        raise
    except DomainError as refused:
        messages.info(request, explain(refused))
        return redirect(back)
    if isinstance(done, int):
        text = ngettext("Confirmed. Buyers see it as a price of today.", "Confirmed: %(number)s prices. Buyers see them as prices of today.", done)  # fmt: skip
        messages.success(request, text % {"number": done})
    else:
        messages.success(request, _("Paused. Buyers no longer find this product."))
    return redirect(back)


def _read_confirmed(request: HttpRequest, member: Member) -> list[int]:
    return list_asked_ids(member=member) if "all" in request.POST else [_read_id(request, "right")]


def _read_id(request: HttpRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 18:
        raise NotFound
    return int(typed)
