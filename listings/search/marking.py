"""Which words of a name are those that were typed, so that pages can mark them."""

import re
from dataclasses import dataclass

from core.stems import list_stems
from core.words import cut_words
from listings.search.lexicon import find_concepts
from listings.search.text import Asked

_CHUNK = re.compile(r"\w+|\W+")


@dataclass(frozen=True)
class Part:
    """A stretch of a name."""

    text: str
    is_marked: bool


def mark_words(*, text: str, asked: Asked) -> list[Part]:
    """The text in stretches, those that hold a typed word, its stem or its lay word in another language marked."""
    wanted = {word for piece in asked.wanted for word in piece.words}
    if not wanted:
        return [Part(text, is_marked=False)]
    stems = {one for word in wanted for one in list_stems(word)}
    start = next((piece.words[-1] for piece in asked.wanted if piece.is_unfinished), "")
    chunks = _CHUNK.findall(text)
    words = [(at, word) for at, chunk in enumerate(chunks) for word in cut_words(chunk)]
    hit = {
        at
        for at, word in words
        if word in wanted or stems.intersection(list_stems(word)) or (start and word.startswith(start))
    }
    concepts = {key for piece in asked.wanted for key in piece.concepts}
    if concepts:
        for found in find_concepts([word for _at, word in words]):
            if concepts.intersection(found.concepts):
                hit |= {words[place][0] for place in range(found.start, found.end)}
    return _join([(chunk, at in hit or _is_between(chunks, at, hit)) for at, chunk in enumerate(chunks)])


def _is_between(chunks: list[str], at: int, hit: set[int]) -> bool:
    """A blank between two marked words is marked with them."""
    return chunks[at].isspace() and at - 1 in hit and at + 1 in hit


def _join(pieces: list[tuple[str, bool]]) -> list[Part]:
    parts: list[Part] = []
    for text, is_marked in pieces:
        if parts and parts[-1].is_marked == is_marked:
            parts[-1] = Part(parts[-1].text + text, is_marked)
        else:
            parts.append(Part(text, is_marked))
    return parts
