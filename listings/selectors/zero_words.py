"""Searches that found nothing, for officers: how often, and what may have been meant."""

from dataclasses import dataclass

from django.db.models import QuerySet

from listings.models import SearchSynonym, ZeroSearch
from listings.search.index import CatalogueNotReady
from listings.search.suggest import mend

MOST_SHOWN = 50


@dataclass(frozen=True)
class ZeroWord:
    """A row with a near spelling that does find something; "" where none is known."""

    row: ZeroSearch
    guess: str


def list_zero_words() -> list[ZeroWord]:
    """The fifty that were asked most and that nobody has dealt with."""
    return [ZeroWord(row, _guess(row.text)) for row in ZeroSearch.objects.open()[:MOST_SHOWN]]


def list_synonym_rows() -> QuerySet[SearchSynonym]:
    """All that officers added."""
    return SearchSynonym.objects.select_related("added_by")


def _guess(text: str) -> str:
    try:
        return mend(text=text)
    except CatalogueNotReady:
        return ""
