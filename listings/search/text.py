"""What a person typed, as a query: every word must occur somewhere; nothing typed can raise."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from tantivy import Occur, Query, Schema, Searcher

from core.stems import list_stems
from core.words import cut_words, fold, write_code
from listings.search.lexicon import (
    count_allowed_slips,
    find_compound,
    find_concepts,
    find_near_word,
    list_categories_of,
    list_whole_categories,
)
from listings.search.schema import make_schema

LONGEST = 200
MOST_WORDS = 12
MOST_COMPLETIONS = 40
SHORTEST_START = 2
WORD_WEIGHTS = {"title": 5.0, "names": 2.0, "body": 1.0}
STEM_WEIGHTS = {"title_stem": 4.0, "names_stem": 1.5, "body_stem": 0.8}
CONCEPT_SCORES = {"kind": 40.0, "concept": 12.0, "mention": 4.0}
"""Fixed, not by rarity: what a listing is counts more than what its text speaks of, however common its kind is."""
LITERAL_SHARE = 0.5
"""What the letters of a lay word count beside its meaning: "aceite de oliva" is the oil before the soap of it."""
CATEGORY_SCORE, CODE_SCORE, BRANCH_WEIGHT, NEAR_SHARE = 8.0, 60.0, 0.5, 0.5
PHRASES = ("title", "names", "body")
FILLERS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "d",
        "de",
        "del",
        "der",
        "des",
        "di",
        "die",
        "das",
        "do",
        "du",
        "e",
        "el",
        "en",
        "et",
        "for",
        "from",
        "fur",
        "in",
        "l",
        "la",
        "las",
        "le",
        "les",
        "los",
        "mit",
        "of",
        "on",
        "or",
        "pour",
        "para",
        "s",
        "the",
        "to",
        "un",
        "una",
        "und",
        "with",
        "y",
        "من",
        "في",
    ]
)
NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_PHRASE = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»')
_CODE = re.compile(r"\d{2,4}(?:[.\s]\d{2}){1,4}|\d{4,14}")
_ARTICLE = re.compile(r"(?=\S*\d)[\w./-]{3,40}")


@dataclass(frozen=True)
class Piece:
    """Some of what was typed that is looked for together: words, or a quoted phrase; `excluded` when it must not occur."""

    typed: str
    words: tuple[str, ...]
    concepts: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    is_phrase: bool = False
    excluded: bool = False
    is_unfinished: bool = False

    @property
    def is_filler(self) -> bool:
        return not self.is_phrase and set(self.words) <= FILLERS


@dataclass(frozen=True)
class Asked:
    """What was typed, understood: `pieces` in the order typed."""

    pieces: tuple[Piece, ...]
    is_empty: bool = False

    @property
    def wanted(self) -> tuple[Piece, ...]:
        """What shall occur."""
        return tuple(piece for piece in self.pieces if not piece.excluded)

    @property
    def things(self) -> tuple[Piece, ...]:
        """What of it names kinds of things, not qualities of them."""
        return tuple(piece for piece in self.wanted if list_categories_of(piece.concepts))


@cache
def get_schema() -> Schema:
    """The schema of every query, once all apps have registered their fields."""
    return make_schema()


def read_text(text: str, synonyms: Mapping[str, tuple[str, ...]] = NONE) -> Asked:
    """Cut what was typed into quoted phrases, lay words and single words; small words go when others remain.

    A minus before a word or a phrase excludes it. The last word may be unfinished, unless a blank follows it. `synonyms` are what
    officers added: other words by folded words.
    """
    text = text[:LONGEST].replace("\x00", " ")
    phrases = []
    for match in _PHRASE.finditer(text):
        typed = "".join(group or "" for group in match.groups())
        words = tuple(cut_words(typed))
        before = text[: match.start()]
        phrases.append(Piece(typed, words, is_phrase=len(words) > 1, excluded=bool(re.search(r"(^|\s)[-−]$", before))))  # noqa: RUF001  a minus sign
    rest = re.sub(r"(?:(?<=\s)|^)[-−]?$", " ", _PHRASE.sub(" ", text))  # noqa: RUF001
    plain = [chunk for chunk in rest.split() if not _is_exclusion(chunk)]
    excluded = [
        Piece(chunk[1:], tuple(cut_words(chunk[1:])), excluded=True) for chunk in rest.split() if _is_exclusion(chunk)
    ]
    pieces = [piece for piece in (*phrases, *_group_words(" ".join(plain)), *excluded) if piece.words]
    telling = [piece for piece in pieces if not piece.is_filler]
    if telling and not telling[-1].is_phrase and not excluded and not text[-1:].isspace():
        telling[-1] = replace(telling[-1], is_unfinished=True)
    known = (
        replace(piece, synonyms=synonyms.get(" ".join(piece.words), ())) for piece in (telling or pieces)[:MOST_WORDS]
    )
    return Asked(tuple(known), is_empty=not text.strip())


def build_text_query(searcher: Searcher, asked: Asked, *, needed: Collection[Piece]) -> Query:
    """What was typed, of which the `needed` pieces must occur; with none needed, any of them. Everything when nothing was typed."""
    if not asked.pieces:
        return Query.all_query() if asked.is_empty else Query.empty_query()
    wanted = [(Occur.Must if piece in needed else Occur.Should, match_piece(searcher, piece)) for piece in asked.wanted]
    without = [(Occur.MustNot, match_piece(searcher, piece)) for piece in asked.pieces if piece.excluded]
    if not wanted:
        return Query.boolean_query([(Occur.Must, Query.all_query()), *without])
    return (
        Query.boolean_query([(Occur.Must, Query.boolean_query(wanted)), *without])
        if without
        else Query.boolean_query(wanted)
    )


def match_piece(searcher: Searcher, piece: Piece) -> Query:
    """Where one piece may occur: as a code, as a phrase, as a lay word of any language, or as words in any field."""
    if piece.is_phrase:
        return _match_phrase(piece.words)
    literally = _all_of(_match_word(searcher, word, piece) for word in piece.words)
    ways = [_boost(literally, LITERAL_SHARE) if piece.concepts else literally]
    ways += [_score(_term("code", code), CODE_SCORE) for code in list_codes(piece.typed)]
    ways += _match_concepts(piece.concepts)
    ways += [_match_synonym(searcher, other) for other in piece.synonyms]
    return ways[0] if len(ways) == 1 else Query.disjunction_max_query(ways, tie_breaker=0.2)


def _match_concepts(concepts: Sequence[str], share: float = 1.0) -> list[Query]:
    """Listings that are such a thing, name it, or speak of it; a word for a whole category also finds what stands in it."""
    ways = [_score(_term(name, key), score * share) for key in concepts for name, score in CONCEPT_SCORES.items()]
    return ways + [_score(_term("category", slug), CATEGORY_SCORE * share) for slug in list_whole_categories(concepts)]


def is_known(searcher: Searcher, word: str) -> bool:
    """Whether a folded word occurs in a text of any listing, as it is or by its stem."""
    if any(searcher.doc_freq(name, word) for name in WORD_WEIGHTS):
        return True
    return any(searcher.doc_freq(name, one) for name in STEM_WEIGHTS for one in list_stems(word))


def list_codes(typed: str) -> list[str]:
    """The codes that a piece may be: HS with or without dots (national codes agree on six digits), GTIN, article number."""
    typed = typed.strip(" ,;:()")
    digits = re.sub(r"[.\s]", "", fold(typed))
    codes: list[str] = []
    if _CODE.fullmatch(fold(typed)) and digits.isascii() and digits.isdigit():
        codes.append(digits[: min(6, len(digits) // 2 * 2)])
        if len(digits) in {8, 12, 13, 14}:
            codes.append(digits.zfill(14))
    if _ARTICLE.fullmatch(typed):
        codes.append(write_code(typed))
    return list(dict.fromkeys(codes))


def _is_exclusion(chunk: str) -> bool:
    return len(chunk) > 1 and chunk[0] in "-−" and chunk[1].isalpha()  # noqa: RUF001  a minus sign


def _group_words(text: str) -> list[Piece]:
    """Words that together are one lay word stay together; a chunk with separators, such as 0901.11, is one piece."""
    chunks = text.split()
    words: list[tuple[str, str]] = []
    for position, chunk in enumerate(chunks):
        several = cut_words(chunk)
        following = cut_words(" ".join(chunks[position : position + 2])) if position + 1 < len(chunks) else several
        if len(following) == 1 < len(chunks[position : position + 2]) and len(several) == 1:
            chunks[position + 1], several = "", following  # "5 kg" is one size
        words += [(part, chunk) for word in several for part in find_compound(word) or [word]]
    pieces: list[Piece] = []
    position = 0
    findings = {found.start: found for found in find_concepts([word for word, _chunk in words])}
    while position < len(words):
        found = findings.get(position)
        end = found.end if found else position + 1
        typed = dict.fromkeys(chunk for _word, chunk in words[position:end])
        concepts = found.concepts if found else ()
        pieces.append(Piece(" ".join(typed), tuple(word for word, _chunk in words[position:end]), concepts))
        position = end
    return _join_chunks(pieces)


def _join_chunks(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of one chunk without a lay word ("0901.11.00", "AB-100/2") are looked for together."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last
            and last.typed == piece.typed
            and not last.concepts
            and not piece.concepts
            and any(map(str.isdigit, piece.typed))
        ):
            joined[-1] = replace(last, words=(*last.words, *piece.words))
        else:
            joined.append(piece)
    return joined


def _match_word(searcher: Searcher, word: str, piece: Piece) -> Query:
    """The word and its stems in the listing's own texts; else as a beginning; else what is spelt nearly so.

    Only a word that no listing uses is looked for in the names of branches: "coffee" does not find all of "Coffee, tea and cocoa",
    and "gifts" still finds "Crafts and gifts".
    """
    if is_known(searcher, word):
        return _dismax([*_exact(word), *_stemmed(word)])
    ways = [_boost(_term("branch", one), BRANCH_WEIGHT) for one in list_stems(word) if searcher.doc_freq("branch", one)]
    if piece.is_unfinished and word == piece.words[-1] and len(word) >= SHORTEST_START:
        ways += _begun(searcher, word)
    if not ways and not piece.concepts:
        ways += _misspelt(word)
    return _dismax(ways) if ways else Query.empty_query()


def _exact(word: str) -> list[Query]:
    return [_boost(_term(name, word), weight) for name, weight in WORD_WEIGHTS.items()]


def _stemmed(word: str) -> list[Query]:
    return [_boost(_term(name, one), weight) for name, weight in STEM_WEIGHTS.items() for one in list_stems(word)]


def _begun(searcher: Searcher, word: str) -> list[Query]:
    """Words in names of products that begin so, the most used first."""
    begun = [term for term, _count in searcher.terms_with_prefix("title", word, limit=MOST_COMPLETIONS)]
    return [_boost(Query.term_set_query(get_schema(), "title", begun), WORD_WEIGHTS["title"])] if begun else []


def _misspelt(word: str) -> list[Query]:
    """Reached only when nothing holds the word itself, so a slip never stands above an exact hit."""
    slips = count_allowed_slips(word)
    if not slips:
        return []
    ways = [_boost(Query.fuzzy_term_query(get_schema(), "title", word, distance=slips), NEAR_SHARE)]
    near = find_near_word(word)
    for found in find_concepts([near]) if near else ():
        ways += _match_concepts(found.concepts, NEAR_SHARE)
    return ways


def _match_synonym(searcher: Searcher, text: str) -> Query:
    """Another word for it, as an officer wrote it."""
    pieces = [piece for piece in _group_words(text) if not piece.is_filler]
    return _all_of(match_piece(searcher, piece) for piece in pieces) if pieces else Query.empty_query()


def _match_phrase(words: Collection[str]) -> Query:
    ways = [_boost(Query.phrase_query(get_schema(), name, list(words)), WORD_WEIGHTS[name]) for name in PHRASES]
    return Query.disjunction_max_query(ways)


def _term(name: str, value: str) -> Query:
    return Query.term_query(get_schema(), name, value, index_option="basic" if name in _LABELLED else "freq")


_LABELLED = frozenset({"code", "category", *CONCEPT_SCORES})


def _score(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)


def _boost(query: Query, weight: float) -> Query:
    return Query.boost_query(query, weight)


def _dismax(ways: Sequence[Query]) -> Query:
    return ways[0] if len(ways) == 1 else Query.disjunction_max_query(list(ways), tie_breaker=0.1)


def _all_of(queries: Iterable[Query]) -> Query:
    several = list(queries)
    return several[0] if len(several) == 1 else Query.boolean_query([(Occur.Must, one) for one in several])
