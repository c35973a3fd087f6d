"""Does a certificate cover a product? HS prefixes first, then words; what neither says stays unknown."""

from collections.abc import Iterable
from dataclasses import dataclass

from certifications.rules.names import fold_word
from certifications.rules.prefixes import is_covered
from certifications.rules.ticks import Tick
from core.errors import gettext_noop

BY_CODE = gettext_noop("HS code %(code)s is among those that it covers.")
NOT_BY_CODE = gettext_noop("HS code %(code)s is not among those that it covers (%(prefixes)s).")
BY_WORD = gettext_noop("“%(word)s” is among the products that it covers.")
NOT_BY_WORD = gettext_noop("None of the products that it covers (%(words)s) is named in this one.")
WHOLE_COMPANY = gettext_noop("It covers how the company works, and names no products.")
NOTHING_NAMED = gettext_noop("It names no HS code and no product, so somebody must read its scope.")
NO_CODE = gettext_noop("The product has no HS code yet, and its words do not tell.")
SHORTEST_STEM = 3


@dataclass(frozen=True)
class ScopeFacts:
    """What a certificate says that it covers. `covers_company`: a management system or a social audit."""

    hs_prefixes: tuple[str, ...]
    words: tuple[str, ...]
    covers_company: bool = False


@dataclass(frozen=True)
class ProductFacts:
    """A product: six digits or "", and the texts that name it (title, category in every language)."""

    hs_code: str
    texts: tuple[str, ...]


def judge_product(scope: ScopeFacts, product: ProductFacts) -> Tick:
    """A code that is named passes and one that is not fails; words can let a product pass, and fail it only where no code speaks."""
    if scope.hs_prefixes and product.hs_code:
        return _judge_code(scope, product.hs_code)
    word = find_word(scope.words, product.texts)
    if word:
        return Tick("scope", "pass", BY_WORD, {"word": word})
    if scope.hs_prefixes:
        return Tick("scope", "unknown", NO_CODE)
    return _judge_without_code(scope)


def _judge_code(scope: ScopeFacts, code: str) -> Tick:
    if is_covered(code, scope.hs_prefixes):
        return Tick("scope", "pass", BY_CODE, {"code": code})
    return Tick("scope", "fail", NOT_BY_CODE, {"code": code, "prefixes": ", ".join(scope.hs_prefixes)})


def _judge_without_code(scope: ScopeFacts) -> Tick:
    if scope.words:
        return Tick("scope", "fail", NOT_BY_WORD, {"words": ", ".join(scope.words)})
    return Tick("scope", "pass", WHOLE_COMPANY) if scope.covers_company else Tick("scope", "unknown", NOTHING_NAMED)


def find_word(words: Iterable[str], texts: Iterable[str]) -> str:
    """The first covered word or phrase that one of the texts holds as whole words, plural or not; "" without any."""
    held = [_stem_words(text) for text in texts]
    for word in words:
        wanted = _stem_words(word)
        if wanted and any(_holds(text, wanted) for text in held):
            return word
    return ""


def _holds(text: list[str], wanted: list[str]) -> bool:
    size = len(wanted)
    return any(text[start : start + size] == wanted for start in range(len(text) - size + 1))


def _stem_words(text: str) -> list[str]:
    cleaned = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return [_drop_plural(fold_word(word)) for word in cleaned.split()]


def _drop_plural(word: str) -> str:
    """Enough for nouns of trade: berries, boxes, nuts. Short words stay, for gas is no plural."""
    for ending, stem in (("ies", "y"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", "")):
        singular = word[: -len(ending)] + stem
        if word.endswith(ending) and not word.endswith("ss") and len(singular) >= SHORTEST_STEM:
            return singular
    return word
