"""HS prefixes as schemes, certificates and requirements use them: the beginning of a code, or a range of chapters."""

import re
from collections.abc import Iterable

PREFIX = re.compile(r"[0-9]{2,6}")
RANGE = re.compile(r"([0-9]{2})-([0-9]{2})")
LAST_CHAPTER = 97


def is_prefix(text: str) -> bool:
    """Two to six digits that begin with a chapter, or a rising range of chapters such as 02-24."""
    between = RANGE.fullmatch(text)
    if between:
        return 1 <= int(between[1]) < int(between[2]) <= LAST_CHAPTER
    return bool(PREFIX.fullmatch(text)) and 1 <= int(text[:2]) <= LAST_CHAPTER


def expand_prefixes(texts: Iterable[str]) -> tuple[str, ...]:
    """Ranges as their chapters, all else as it is; each once, sorted."""
    found: set[str] = set()
    for text in texts:
        between = RANGE.fullmatch(text)
        if between:
            found.update(f"{chapter:02d}" for chapter in range(int(between[1]), int(between[2]) + 1))
        else:
            found.add(text)
    return tuple(sorted(found))


def is_covered(hs_code: str, prefixes: Iterable[str]) -> bool:
    """One of the prefixes begins the code."""
    return bool(hs_code) and any(hs_code.startswith(prefix) for prefix in expand_prefixes(prefixes))
