"""Words that officers added, asked of the database once a minute."""

from collections.abc import Mapping

from core.kept import Kept
from listings.models import SearchSynonym

_synonyms: Kept[Mapping[str, tuple[str, ...]]] = Kept(most=1, seconds=60)


def list_synonyms() -> Mapping[str, tuple[str, ...]]:
    """By folded word: what else it finds."""
    return _synonyms.remember("all", _read)


def forget_synonyms() -> None:
    """This process asks anew; others within a minute."""
    _synonyms.forget()


def _read() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word, means in SearchSynonym.objects.values_list("word", "means"):
        found[word] = (*found.get(word, ()), means)
    return found
