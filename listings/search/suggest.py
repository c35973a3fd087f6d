"""Help with words: what a misspelt word may mean, and what the person may be about to type."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from tantivy import Searcher

from core.words import cut_words
from listings.search.index import open_reading
from listings.search.lexicon import complete, count_allowed_slips, find_near_word
from listings.search.text import Piece, is_known, read_text

MOST_TERMS = 8
MOST_COMPARED = 5000


@dataclass(frozen=True)
class Completion:
    """Words to search for; `concept` where they are a lay word of the trade."""

    text: str
    concept: str = ""


def mend(*, text: str) -> str:
    """The words again with those that nobody uses replaced by near spellings; "" when there are none. Raises CatalogueNotReady."""
    searcher = open_reading().searcher
    words, changed = [], False
    for piece in read_text(text).pieces:
        mended = "" if piece.is_phrase or piece.excluded else _mend_piece(searcher, piece)
        changed = changed or bool(mended)
        words.append(mended or _write(piece))
    return " ".join(words) if changed else ""


def complete_words(*, text: str, language: str = "", limit: int = MOST_TERMS) -> list[Completion]:
    """What may follow: lay words that begin with the whole text, those of the language first, then the last word completed from names of products.

    Raises CatalogueNotReady.
    """
    typed = " ".join(text.split())
    found = [Completion(word, key) for word, key in complete(typed, limit, language=language)]
    head, _blank, last = typed.rpartition(" ")
    folded = cut_words(last)
    if len(folded) == 1 and len(found) < limit:
        searcher = open_reading().searcher
        terms = [term for term, _count in searcher.terms_with_prefix("title", folded[0], limit=limit)]
        found += [Completion(f"{head} {term}".strip()) for term in terms if not term[0].isdigit() and len(term) > 1]
    return list({cut(one.text): one for one in reversed(found)}.values())[::-1][:limit]


def cut(text: str) -> str:
    """The text as it is compared."""
    return " ".join(cut_words(text))


def _mend_piece(searcher: Searcher, piece: Piece) -> str:
    if piece.concepts or all(is_known(searcher, word) for word in piece.words):
        return ""
    mended = [word if is_known(searcher, word) else _find_near(searcher, word) or word for word in piece.words]
    return " ".join(mended) if tuple(mended) != piece.words else ""


def _find_near(searcher: Searcher, word: str) -> str:
    """A lay word, or one from the names of products that begins with the same letter: that one is seldom wrong."""
    if lay := find_near_word(word):
        return lay
    slips = count_allowed_slips(word)
    if not slips:
        return ""
    begun = [term for term, _count in searcher.terms_with_prefix("title", word[0], limit=MOST_COMPARED)]
    near = extract(word, begun, scorer=OSA.distance, score_cutoff=slips, limit=1)
    return str(near[0][0]) if near else ""


def _write(piece: Piece) -> str:
    typed = f'"{piece.typed}"' if piece.is_phrase else piece.typed
    return f"-{typed}" if piece.excluded else typed
