"""HS prefixes as schemes, certificates and requirements use them: the beginning of a code, or a range of such."""

import re
from collections.abc import Iterable

PREFIX = re.compile(r"[0-9]{2,6}")
RANGE = re.compile(r"([0-9]{2}|[0-9]{4})-([0-9]{2}|[0-9]{4})")
LAST_CHAPTER = 97


def is_prefix(text: str) -> bool:
    """Two to six digits that begin with a chapter, or a rising range of chapters (02-24) or of headings (0904-0910)."""
    between = RANGE.fullmatch(text)
    if between:
        first, last = between[1], between[2]
        return len(first) == len(last) and first < last and _is_chapter(first) and _is_chapter(last)
    return bool(PREFIX.fullmatch(text)) and _is_chapter(text)


def expand_prefixes(texts: Iterable[str]) -> tuple[str, ...]:
    """Ranges as what lies between, all else as it is; each once, sorted."""
    found: set[str] = set()
    for text in texts:
        between = RANGE.fullmatch(text)
        if between:
            digits = len(between[1])
            found.update(f"{number:0{digits}d}" for number in range(int(between[1]), int(between[2]) + 1))
        else:
            found.add(text)
    return tuple(sorted(found))


def is_covered(hs_code: str, prefixes: Iterable[str]) -> bool:
    """One of the prefixes begins the code."""
    return bool(hs_code) and any(hs_code.startswith(prefix) for prefix in expand_prefixes(prefixes))


def _is_chapter(text: str) -> bool:
    return 1 <= int(text[:2]) <= LAST_CHAPTER
