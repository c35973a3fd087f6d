"""What the search field offers while a person types: words of the trade, words of names, categories."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from listings.search.lexicon import list_categories_of
from listings.search.suggest import complete_words
from reference.selectors import list_categories

MOST_CATEGORIES = 2


@dataclass(frozen=True)
class Suggestion:
    """A line; `note` says where a category is meant."""

    text: str
    url: str
    note: str = ""


def list_suggestions(*, text: str, language: str) -> list[Suggestion]:
    """At most ten, of the categories at most two. No query of the database. Raises CatalogueNotReady."""
    if not text.strip():
        return []
    words = complete_words(text=text, language=language)
    slugs = list_categories_of([word.concept for word in words if word.concept])[:MOST_CATEGORIES]
    named = [category for category in list_categories() if category.slug in slugs]
    search_url = reverse("catalogue:search")
    found = [Suggestion(word.text, f"{search_url}?{urlencode({'q': word.text})}") for word in words]
    return [*found, *(Suggestion(category.label, category.get_absolute_url(), _("Category")) for category in named)]
