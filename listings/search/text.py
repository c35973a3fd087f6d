"""What a person typed, as a query: every word must occur somewhere; nothing typed can raise."""

import re
import unicodedata
from dataclasses import dataclass

from tantivy import Occur, Query, Schema, Searcher

from listings.search.document import ENGLISH, PLAIN

LONGEST = 200
MOST_WORDS = 16
WEIGHTS = {"title": 5.0, "title_en": 4.0, "names": 3.0, "names_en": 2.5, "body": 1.2, "body_en": 1.0}
BRANCH_WEIGHTS = {"branch": 0.6, "branch_en": 0.5}
FILLERS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "de",
        "des",
        "di",
        "do",
        "du",
        "el",
        "en",
        "et",
        "for",
        "from",
        "in",
        "la",
        "las",
        "le",
        "les",
        "los",
        "of",
        "on",
        "or",
        "the",
        "to",
        "un",
        "una",
        "und",
        "with",
        "y",
    ]
)
_PHRASE = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»')
_CODE = re.compile(r"\d{2,4}(?:\.\d{2}){0,3}|\d{4,10}")


@dataclass(frozen=True)
class Piece:
    """A word, a code or a quoted phrase that the buyer typed."""

    typed: str
    is_phrase: bool = False


def list_pieces(text: str) -> list[Piece]:
    """Cut what was typed into quoted phrases and words; small words are dropped when others remain."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).replace("\x00", " ")
    phrases = [Piece("".join(found), is_phrase=True) for found in _PHRASE.findall(text)]
    words = [Piece(word) for word in _PHRASE.sub(" ", text).split()]
    pieces = [piece for piece in (*phrases, *words) if PLAIN.analyze(piece.typed)]
    telling = [piece for piece in pieces if piece.is_phrase or piece.typed.casefold() not in FILLERS]
    return (telling or pieces)[:MOST_WORDS]


def build_text_query(searcher: Searcher, schema: Schema, text: str, *, occur: Occur) -> Query:
    """All pieces (Must) or any of them (Should); everything when nothing was typed."""
    pieces = list_pieces(text)
    if not pieces:
        return Query.empty_query() if text.strip() else Query.all_query()
    return Query.boolean_query([(occur, match_piece(searcher, schema, piece)) for piece in pieces])


def match_piece(searcher: Searcher, schema: Schema, piece: Piece) -> Query:
    """Where one piece may occur: as a code, as a phrase, or as words in any field."""
    words = PLAIN.analyze(piece.typed)
    if piece.is_phrase and len(words) > 1:
        return Query.disjunction_max_query(
            [
                Query.boost_query(Query.phrase_query(schema, name, list(words)), WEIGHTS[name])
                for name in ("title", "names", "body")
            ]
        )
    together = Query.boolean_query([(Occur.Must, _match_word(searcher, schema, word)) for word in words])
    digits = piece.typed.replace(".", "")
    if not _CODE.fullmatch(piece.typed.strip(",;:()")) or not digits.isascii():
        return together
    code = Query.term_query(schema, "code", _cut_code(re.sub(r"\D", "", digits)), index_option="basic")
    return Query.boolean_query([(Occur.Should, Query.boost_query(code, 6.0)), (Occur.Should, together)])


def _cut_code(digits: str) -> str:
    """National codes have 8 or 10 digits; the first six are the same everywhere."""
    return digits[: min(6, len(digits) // 2 * 2)]


def _match_word(searcher: Searcher, schema: Schema, word: str) -> Query:
    """A word in the listing's own texts; only a word that none of them uses is looked for in the names of branches.

    So "coffee" does not find all of "Coffee, tea and cocoa", and "gifts" still finds "Crafts and gifts".
    """
    stem = (ENGLISH.analyze(word) or [word])[0]
    forms = {name: stem if name.endswith("_en") else word for name in (*WEIGHTS, *BRANCH_WEIGHTS)}
    used = any(searcher.doc_freq(name, forms[name]) for name in WEIGHTS)
    weights = WEIGHTS if used else BRANCH_WEIGHTS
    terms = [Query.boost_query(Query.term_query(schema, name, forms[name]), weight) for name, weight in weights.items()]
    return Query.disjunction_max_query(terms, tie_breaker=0.1)
