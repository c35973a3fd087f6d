"""Doors of the catalogue: home, category, search and product."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import slots
from core.errors import NotFound
from core.structured import make_absolute
from core.visits import recall_destination
from listings.choices import ListingState
from listings.exceptions import ListingWithdrawn
from listings.filters import SORT_LABELS, QuantityForm, SearchForm
from listings.models import Listing
from listings.rules.searching import LIGHT_PAGE_SIZE, PAGE_SIZE, Query, Sort
from listings.rules.traffic import PRODUCT, SEARCH, Sighting, clean_words
from listings.search.index import CatalogueNotReady, open_reading
from listings.selectors.cards import WIDEST_LIGHT_PX, WIDEST_PX
from listings.selectors.catalogue import get_home
from listings.selectors.certified import list_search_schemes
from listings.selectors.documents import find_readable_document
from listings.selectors.products import WIDEST_SHOT_PX, Product, get_listing, get_product, list_similar
from listings.selectors.results import Shelf, get_results, list_known_currencies
from listings.selectors.structured import describe_product
from listings.services.words import note_zero_search
from listings.views.strangers import kept_for_strangers
from listings.views.traffic import mark_sighting
from reference.models import Category
from reference.selectors import list_categories
from uploads.selectors import describe_original, open_original


@require_safe
@kept_for_strangers
def home(request: HttpRequest) -> HttpResponse:
    """The front page."""
    found = get_home(user=request.user, language=_language(), widest_px=_widest(request, WIDEST_PX))
    return _answer(request, "catalogue/home.html", {"home": found})


@require_safe
@kept_for_strangers
def search_page(request: HttpRequest) -> HttpResponse:
    """The whole catalogue, searched and filtered."""
    return _show_results(request, Shelf(list_categories(), None, list_search_schemes()))


@require_safe
@kept_for_strangers
def category_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One branch or sub-category, searched and filtered in the same way."""
    categories = list_categories()
    current = next((category for category in categories if category.slug == slug), None)
    if current is None:
        raise NotFound
    return _show_results(request, Shelf(categories, current, list_search_schemes()))


@require_safe
@kept_for_strangers
def product_page(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One listing; an old title in the address leads to the new one, a withdrawn listing to similar ones."""
    try:
        listing = get_listing(pk=pk, user=request.user)
    except ListingWithdrawn as withdrawn:
        return _show_withdrawn(request, withdrawn)
    address = listing.get_absolute_url()
    if request.path != address:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    form = QuantityForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    if listing.live_revision is None:
        raise NotFound
    product = get_product(
        listing=listing, revision=listing.live_revision, user=request.user, language=_language(), quantity=typed.get("quantity"),
        variant=typed.get("variant"), widest_px=_widest(request, WIDEST_SHOT_PX),
    )  # fmt: skip
    response = _answer(
        request,
        "catalogue/product.html",
        _product_context(request, product, form),
        status=200 if form.is_valid() else 422,
    )
    # Who works out a price is on the page already.
    return (
        response
        if {"quantity", "variant"} & set(request.GET)
        else mark_sighting(response, Sighting(PRODUCT, listing_id=listing.pk))
    )


@require_safe
def document(request: HttpRequest, pk: int, upload_id: UUID) -> FileResponse:
    """A public paper of a live product, to be saved."""
    found = find_readable_document(listing_id=pk, upload_id=upload_id, has_written=False, is_shared=False)
    return FileResponse(open_original(upload=found.upload), **vars(describe_original(upload=found.upload)))


def _product_context(request: HttpRequest, product: Product, form: QuantityForm) -> dict[str, Any]:
    category = product.revision.category
    given = {
        "listing": product.listing,
        "revision": product.revision,
        "user": request.user,
        "language": _language(),
        "typed_quantity": request.GET.get("quantity", "")[:20],
        "remembered": recall_destination(request),
    }
    return {
        "product": product,
        "form": form,
        "crumbs": _crumbs(category, last=None),
        "current_branch": _branch_slug(category),
        "state_note": ""
        if product.listing.state == ListingState.LIVE and product.listing.company.is_public
        else _explain_state(product.listing),
        "json_ld": describe_product(product=product),
        "canonical": make_absolute(product.listing.get_absolute_url()),
        "main_parts": slots.fill("product.main", **given),
        "end_parts": slots.fill("product.end", **given),
        "side_parts": slots.fill("product.side", **given),
    }


def _explain_state(listing: Listing) -> str:
    if not listing.company.is_public:
        return _("Buyers do not see this page: the storefront is not public.")
    return _("Buyers do not see this page. State of the product: %(state)s.") % {"state": listing.get_state_display()}


def _show_withdrawn(request: HttpRequest, withdrawn: ListingWithdrawn) -> HttpResponse:
    cards = list_similar(
        listing_id=withdrawn.listing_id, user=request.user, language=_language(), widest_px=_widest(request, WIDEST_PX)
    )
    return _answer(request, "catalogue/withdrawn.html", {"cards": cards}, status=withdrawn.status)


def _show_results(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    try:
        rates = open_reading().rates
    except CatalogueNotReady:
        return _answer(request, "catalogue/preparing.html", _results_context(request, shelf, Query()), status=503)
    form = SearchForm(
        request.GET,
        categories=[category.slug for category in shelf.categories],
        schemes=list(shelf.schemes),
        rates=rates,
    )
    error = "" if form.is_valid() else form.explain_price_error()
    query = form.build_query(
        scope=shelf.current.slug if shelf.current else "",
        page_size=LIGHT_PAGE_SIZE if _saves_data(request) else PAGE_SIZE,
    )
    context = _results_context(request, shelf, query)
    context |= {
        "has_errors": bool(error),
        "range_errors": [("id_price_min", error)],
        "price_range": _price_range(query, form, error),
        "currencies": list_known_currencies(rates=rates),
        "currency": query.currency,
        "alert_query": urlencode({"params": form.write_params(), "scope": query.scope}),
    }
    context["results"] = get_results(
        query=query, params=dict(request.GET.lists()), path=request.path, shelf=shelf, user=request.user, language=_language(),
        widest_px=_widest(request, WIDEST_PX),
    )  # fmt: skip
    is_counted = not context["results"].total and bool(query.text) and query.page == 1
    if is_counted:
        note_zero_search(text=query.text, language=_language())
    fragment = (
        request.headers.get("HX-Request") == "true" and request.headers.get("HX-History-Restore-Request") != "true"
    )
    template = "catalogue/search_parts.html" if fragment else "catalogue/search.html"
    response = _answer(request, template, context, status=422 if error else 200)
    if is_counted:
        response["Cache-Control"] = "no-store"  # each time it is asked counts
    return _mark_search(response, query, [card.id for card in context["results"].cards])


def _mark_search(response: HttpResponse, query: Query, found: list[int]) -> HttpResponse:
    """The first page of a search counts for those on it. Filters and orders come after it and are the same search."""
    words = clean_words(query.text)
    if not words or not found or query.page > 1 or query.sort is not Sort.BEST or query.list_applied():
        return response
    return mark_sighting(response, Sighting(SEARCH, words=words, found=tuple(found)))


def _results_context(request: HttpRequest, shelf: Shelf, query: Query) -> dict[str, Any]:
    category = shelf.current
    place = category.label if category else _("All products")
    title = place
    if query.text and category:
        title = _("“%(words)s” in %(category)s") % {"words": query.text, "category": place}
    elif query.text:
        title = _("“%(words)s”") % {"words": query.text}
    sorts = [
        {"value": sort.value, "label": label, "selected": sort is query.sort} for sort, label in SORT_LABELS.items()
    ]
    return {
        "title": title,
        "query": query.text,
        "crumbs": _crumbs(category, last=place if not query.text else title),
        "category": category,
        "branches": [one for one in shelf.categories if one.parent_id is None],
        "children": [one for one in shelf.categories if category and one.parent_id == category.pk],
        "current_branch": _branch_slug(category),
        "sorts": sorts,
        "canonical": make_absolute(request.path),
    }


def _price_range(query: Query, form: SearchForm, error: str) -> dict[str, Any]:
    """The fields for a lowest and a highest price in the reader's currency."""
    return {
        "label": _("Price per unit, your own range"), "open": bool(error) or query.has_price_range, "unit": query.currency, "error": error,
        "min_name": "price_min", "min_value": form.data.get("price_min", ""),
        "max_name": "price_max", "max_value": form.data.get("price_max", ""),
    }  # fmt: skip


def _crumbs(category: Category | None, *, last: str | None) -> list[dict[str, str]]:
    crumbs = [{"label": _("Home"), "url": reverse("catalogue:home")}]
    nodes = [node for node in (category.parent if category else None, category) if node is not None]
    crumbs += [{"label": node.label, "url": node.get_absolute_url()} for node in nodes]
    if last is None:
        return crumbs
    if nodes and nodes[-1].label == last:
        crumbs.pop()
    return [*crumbs, {"label": last, "url": ""}]


def _branch_slug(category: Category | None) -> str:
    if category is None:
        return ""
    return category.parent.slug if category.parent else category.slug


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, template, {"site_url": make_absolute(""), **context}, status=status)
    patch_vary_headers(response, ["Cookie", "HX-Request", "Save-Data"])
    if status == 503:
        response["Retry-After"] = "10"
    # Made anew each time and compared by ConditionalGetMiddleware: nothing that was taken off the market is shown from a copy.
    response["Cache-Control"] = "private, no-cache" if request.user.is_authenticated else "no-cache"
    return response


def _saves_data(request: HttpRequest) -> bool:
    return request.headers.get("Save-Data") == "on"


def _widest(request: HttpRequest, usual_px: int) -> int:
    return WIDEST_LIGHT_PX if _saves_data(request) else usual_px


def _language() -> str:
    return get_language() or "en"
