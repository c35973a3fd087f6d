"""Doors of comparing and of suggestions while typing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from listings.rules.ranking import COMPLETENESS, FRESHNESS, REPLIES, VERIFICATION
from listings.search.index import CatalogueNotReady
from listings.search.text import CONCEPT_SCORES, LONGEST, STEM_WEIGHTS, WORD_WEIGHTS
from listings.selectors.compare import MOST, compare_products
from listings.selectors.suggestions import list_suggestions

LONGEST_ID = 18


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Products side by side; which ones stands in the address alone."""
    ids = [
        int(value)
        for value in request.GET.getlist("p")[:50]
        if value.isascii() and value.isdigit() and len(value) <= LONGEST_ID
    ]
    comparison = compare_products(ids=ids, user=request.user, language=get_language() or "en")
    return render(request, "catalogue/compare.html", {"comparison": comparison, "most": MOST})


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What may be meant, as list items for the search field; nothing while the index is not ready."""
    try:
        found = list_suggestions(text=request.GET.get("q", "")[:LONGEST], language=get_language() or "en")
    except CatalogueNotReady:
        found = []
    response = render(request, "catalogue/suggestions.html", {"suggestions": found})
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_safe
def how_we_rank(request: HttpRequest) -> HttpResponse:
    """Everybody may know what puts one product before another; the figures are those of the code."""
    shares = {"completeness": COMPLETENESS, "verification": VERIFICATION, "replies": REPLIES, "freshness": FRESHNESS}
    context = {
        "shares": {name: round(100 * share) for name, share in shares.items()},
        "words": WORD_WEIGHTS, "stems": STEM_WEIGHTS, "concepts": CONCEPT_SCORES,
    }  # fmt: skip
    return render(request, "catalogue/how_we_rank.html", context)
