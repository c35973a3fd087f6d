"""The trade's lay words, found in what people write: "beurre de karité" and "shea butter" are one kind of thing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from core.stems import stem
from core.words import cut_words
from reference.selectors import list_branch_slugs, list_concepts

LANGUAGES = ("en", "fr", "es", "de", "ar")
LETTERS_PER_SLIP = 4
MOST_SLIPS = 2
SHORTEST_PART = 4
JOINTS = ("", "s", "n", "en")


@dataclass(frozen=True)
class Found:
    """Words from `start` to before `end` name these concepts."""

    start: int
    end: int
    concepts: tuple[str, ...]


Spellings = Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]
"""By the first stem: all stems of a spelling and the concepts that it names, the longest spelling first."""


def find_concepts(words: Sequence[str], languages: Collection[str] = LANGUAGES) -> list[Found]:
    """What the folded words name, read from the left, the longest spelling first; a word belongs to one finding."""
    stems = {language: [stem(word, language) for word in words] for language in languages if language in LANGUAGES}
    found: list[Found] = []
    position = 0
    while position < len(words):
        here = _find_at(stems, position)
        if here is not None:
            found.append(here)
        position = here.end if here is not None else position + 1
    return found


def find_all_concepts(words: Sequence[str], languages: Collection[str]) -> set[str]:
    """Everything that the folded words name, also inside a longer name: cocoa butter is cocoa too."""
    stems = {language: [stem(word, language) for word in words] for language in languages if language in LANGUAGES}
    return {
        key
        for language, own in stems.items()
        for position in range(len(words))
        for spelling, concepts in _spellings(language).get(own[position], ())
        if tuple(own[position : position + len(spelling)]) == spelling
        for key in concepts
    }


def list_categories_of(concepts: Collection[str]) -> list[str]:
    """The slugs of the categories in which the concepts stand, each once."""
    return list(dict.fromkeys(_categories()[key] for key in concepts if _categories().get(key)))


def list_whole_categories(concepts: Collection[str]) -> list[str]:
    """Categories that the concepts mean as a whole: a concept named as its category is, or one that stands in a branch."""
    return [slug for key in concepts if (slug := _categories().get(key)) and (slug == key or slug in _branches())]


@lru_cache(maxsize=4096)
def find_compound(word: str) -> list[str]:
    """The two lay words that a longer one is made of, as German joins them (Ledertasche); empty for all others."""
    known = _compound_parts()
    if len(word) < 2 * SHORTEST_PART or word in known:
        return []
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        for joint in JOINTS:
            first, second = word[:cut], word[cut:]
            if second.startswith(joint) and first in known and second[len(joint) :] in known:
                return [first, second[len(joint) :]]
    return []


def complete(start: str, limit: int, *, language: str = "") -> list[tuple[str, str]]:
    """Lay words that begin so, those of the language first, then the shortest, each with its concept."""
    typed = " ".join(cut_words(start))
    if not typed:
        return []
    begun = [
        (spelt != language, len(word), word, key)
        for folded, word, key, spelt in _spelt_words()
        if folded.startswith(typed)
    ]
    return [(word, key) for _other, _length, word, key in sorted(begun)[:limit]]


def count_allowed_slips(word: str) -> int:
    """How many letters of a word may be wrong: none of a short word, one of a middling one, two of a long one."""
    if any(letter.isdigit() for letter in word):
        return 0
    return min(MOST_SLIPS, len(word) // LETTERS_PER_SLIP if len(word) < 2 * LETTERS_PER_SLIP else MOST_SLIPS)


@lru_cache(maxsize=4096)
def find_near_word(word: str) -> str:
    """The lay word nearest to a folded one, "" when none is near enough."""
    slips = count_allowed_slips(word)
    if not slips:
        return ""
    near = extract(word, _single_words(), scorer=OSA.distance, score_cutoff=slips, limit=1)
    return str(near[0][0]) if near else ""


def _find_at(stems: Mapping[str, Sequence[str]], position: int) -> Found | None:
    best: Found | None = None
    for language, own in stems.items():
        for spelling, concepts in _spellings(language).get(own[position], ()):
            end = position + len(spelling)
            if tuple(own[position:end]) == spelling:
                best = _longer(best, Found(position, end, concepts))
                break
    return best


def _longer(one: Found | None, other: Found) -> Found:
    if one is None or other.end > one.end:
        return other
    if other.end < one.end:
        return one
    return Found(one.start, one.end, tuple(dict.fromkeys((*one.concepts, *other.concepts))))


@lru_cache(maxsize=1)
def _compound_parts() -> frozenset[str]:
    spelt = (cut_words(word) for concept in list_concepts() for word in concept.words.get("de", ()))
    return frozenset(words[0] for words in spelt if len(words) == 1 and len(words[0]) >= SHORTEST_PART)


@lru_cache(maxsize=1)
def _branches() -> frozenset[str]:
    return frozenset(list_branch_slugs())


@lru_cache(maxsize=1)
def _categories() -> Mapping[str, str]:
    return {concept.key: concept.category for concept in list_concepts()}


@cache
def _spellings(language: str) -> Spellings:
    known: dict[tuple[str, ...], list[str]] = {}
    for concept in list_concepts():
        for word in concept.words.get(language, ()):
            stems = tuple(stem(part, language) for part in cut_words(word))
            if stems and concept.key not in known.setdefault(stems, []):
                known[stems].append(concept.key)
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for stems, keys in sorted(known.items(), key=lambda item: -len(item[0])):
        by_first.setdefault(stems[0], []).append((stems, tuple(keys)))
    return by_first


@lru_cache(maxsize=1)
def _spelt_words() -> tuple[tuple[str, str, str, str], ...]:
    """Every lay word as it is compared, as it is written, its concept and its language."""
    rows = (
        (" ".join(cut_words(word)), word, concept.key, language)
        for concept in list_concepts()
        for language, several in concept.words.items()
        for word in several
    )
    return tuple(dict.fromkeys(rows))


@lru_cache(maxsize=1)
def _single_words() -> tuple[str, ...]:
    return tuple(
        sorted({part for folded, _word, _key, _language in _spelt_words() for part in folded.split() if len(part) > 2})
    )
