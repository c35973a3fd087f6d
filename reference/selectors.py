"""Reads of the reference room: names in the reader's language, the category tree, HS codes, lay words, exchange rates."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.core import UnknownLocaleError
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language_info, gettext
from rapidfuzz import fuzz, process

from core.doctor import Finding
from core.kept import Kept
from core.stems import stem
from core.words import cut_words
from reference.models import Category, FxRate, HsCode
from reference.rules import EURO, Concept, HsFinder, HsHit, HsPhrase, Rate, Rates, join_rates

_tree: Kept[tuple[Category, ...]] = Kept(most=1, seconds=60)
HS_EDITION = "H6"
"""The edition that listings are classified by: HS 2022, which UN Comtrade calls H6."""
HS_LANGUAGES = ("en", "fr", "es", "de")
HS_FILLERS = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "with",
        "in",
        "a",
        "an",
        "other",
        "d",
        "de",
        "la",
        "le",
        "les",
        "l",
        "du",
        "des",
        "et",
        "en",
        "pour",
        "a",
        "au",
        "aux",
        "avec",
        "y",
        "para",
        "con",
        "el",
        "los",
        "las",
        "por",
        "und",
        "aus",
        "fur",
        "mit",
        "der",
        "die",
        "das",
        "von",
        "im",
        "zum",
        "handmade",
        "organic",
        "natural",
        "premium",
        "quality",
        "fair",
        "trade",
        "eco",
        "bio",
        "artisanal",
        "artisan",
        "artisanale",
        "artesanal",
        "artesanales",
        "hecho",
        "hecha",
        "mano",
        "organico",
        "organica",
        "natural",
        "naturel",
        "naturelle",
        "biologique",
        "handgemacht",
        "naturlich",
        "fait",
        "faite",
    ]
)
"""Words that name no goods; folded."""
MOST_CODES, SHORTEST_GUESS, SHORTEST_HEAD, NEAR = 4, 4, 4, 84
LAY_LANGUAGES = ("en", "fr", "es", "de", "ar")
DATA = Path(__file__).parent / "data"
CURRENCIES = (
    "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "AED", "ZAR", "NGN", "GHS", "KES", "TZS", "UGX", "RWF", "ETB",
    "EGP", "MAD", "TND", "XOF", "XAF", "BRL", "MXN", "COP", "PEN", "VND", "IDR", "BDT", "LKR", "TRY",
)  # fmt: skip
TRADE_LANGUAGES = (
    "en",
    "fr",
    "es",
    "pt",
    "ar",
    "sw",
    "am",
    "hi",
    "id",
    "vi",
    "tr",
    "zh",
    "de",
    "it",
    "nl",
    "ru",
    "ja",
    "ha",
    "yo",
    "ak",
    "ee",
)


@dataclass(frozen=True)
class HsChoice:
    """A subheading to choose, with the words that it was found by."""

    code: str
    name: str
    found_by: str


@dataclass(frozen=True)
class HsSuggestion:
    """A heading of four digits with its likeliest subheadings."""

    heading: str
    name: str
    choices: tuple[HsChoice, ...]


def list_countries(*, language: str) -> list[tuple[str, str]]:
    """ISO 3166 codes and names (CLDR), sorted by name in the reader's language."""
    return list(_countries(language))


def get_country_name(*, code: str, language: str) -> str:
    """The country's name; the code itself when CLDR does not know it."""
    return str(_locale(language).territories.get(code.upper(), code))


def list_currencies(*, language: str) -> list[tuple[str, str]]:
    """The currencies that prices can be given in, as (ISO 4217 code, "USD, US dollar")."""
    names = _locale(language).currencies
    return [(code, f"{code}, {names.get(code, code)}") for code in CURRENCIES]


def list_languages() -> list[tuple[str, str]]:
    """Languages that a listing or a firm may use, each in its own name."""
    return [(code, get_language_name(code=code)) for code in TRADE_LANGUAGES]


def get_language_name(*, code: str) -> str:
    """A language's name in that language, such as "Français"; the code where nobody knows it."""
    try:
        return str(Locale.parse(code, sep="-").get_display_name(code) or code).capitalize()
    except (UnknownLocaleError, ValueError):
        return _django_name(code)


def list_categories() -> tuple[Category, ...]:
    """The whole tree in order, parents joined; asked of the database once a minute."""
    rows = Category.objects.select_related("parent").order_by("parent__position", "position", "pk")
    return _tree.remember("tree", lambda: tuple(rows))


def list_branches() -> QuerySet[Category]:
    """The branches in order, their sub-categories prefetched as `children`."""
    return Category.objects.branches().prefetch_related("children")


def find_category(*, slug: str) -> Category | None:
    """A branch or sub-category by its address, or None."""
    return Category.objects.select_related("parent").filter(slug=slug).first()


@lru_cache(maxsize=1)
def list_branch_slugs() -> tuple[str, ...]:
    """The slugs of the planted branches."""
    return tuple(row["slug"] for row in _read_table("categories.csv") if not row["parent"])


@lru_cache(maxsize=1)
def list_concepts() -> tuple[Concept, ...]:
    """What buyers call the things and qualities of the trade, in five languages; see data/README.md."""
    return tuple(
        Concept(
            row["concept"], row["category"], {language: tuple(row[language].split("|")) for language in LAY_LANGUAGES}
        )
        for name in ("lay_words.csv", "lay_qualities.csv")
        for row in _read_table(name)
    )


@lru_cache(maxsize=1)
def list_category_names() -> dict[str, tuple[str, ...]]:
    """By slug: the category's name in the languages that buyers search in and the site may not speak."""
    return {
        row["slug"]: tuple(row[language] for language in ("fr", "es", "de"))
        for row in _read_table("category_names.csv")
    }


def get_rates(*, day: date) -> Rates:
    """The newest rates not after the day and at most two weeks old, joined through the euro; one query."""
    rows = FxRate.objects.known_on(day).values_list("day", "base", "quote", "units")
    return join_rates([Rate(*row) for row in rows], day=day)


def is_known_hs_code(*, code: str) -> bool:
    """Whether six digits are a subheading of the Harmonized System (2022 edition)."""
    return code in _hs_codes()


def get_hs_name(*, code: str, language: str) -> str:
    """Our own short name of a subheading in the reader's language, else in English; "" where we have none."""
    words = _hs_words().get(code, {})
    return (words.get(language) or words.get("en") or ("",))[0]


def list_hs_siblings(*, code: str, language: str) -> list[tuple[str, str]]:
    """The first codes under the same heading with our names, for somebody whose code is of an old edition."""
    return [
        (hit.code, get_hs_name(code=hit.code, language=language)) for hit in list_hs_named(prefix=code[:4])[:MOST_CODES]
    ]


def list_hs_named(*, prefix: str) -> list[HsHit]:
    """The subheadings with a name of ours whose code begins so, in order."""
    return [
        HsHit(code, 1.0, HsPhrase(code, code, "", 0, frozenset()))
        for code in sorted(_hs_words())
        if code.startswith(prefix)
    ]


def get_hs_heading(*, code: str) -> str:
    """The name of the code's heading in our own short words, in the reader's language; "" where we have none."""
    name = _hs_headings().get(code[:4])
    return gettext(name) if name else ""


@lru_cache(maxsize=32)
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    names = {str(code): str(name) for code, name in _locale(language).territories.items()}
    codes = (
        code
        for code in names
        if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    )
    return tuple(sorted(((code, names[code]) for code in codes), key=lambda row: row[1].casefold()))


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language or settings.LANGUAGE_CODE, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _django_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def suggest_hs(*, text: str, language: str, most: int = 5) -> list[HsSuggestion]:
    """Headings that lay words of English, French, Spanish or German fit, each with its best subheadings; digits begin a code."""
    digits = "".join(letter for letter in text if letter in "0123456789")
    if digits and len(digits) >= len(text.strip()) / 2:
        return _gather(list_hs_named(prefix=digits), language, most)
    found = _gather(_find_hs(text, language), language, most)
    return found or _find_in_official_texts(text, most)


def _gather(hits: Iterable[HsHit], language: str, most: int) -> list[HsSuggestion]:
    by_heading: dict[str, list[HsHit]] = {}
    for hit in hits:
        by_heading.setdefault(hit.code[:4], []).append(hit)
    return [
        HsSuggestion(heading, get_hs_heading(code=heading), tuple(
            HsChoice(hit.code, get_hs_name(code=hit.code, language=language), hit.phrase.text) for hit in some[:MOST_CODES]
        ))
        for heading, some in list(by_heading.items())[:most]
    ]  # fmt: skip


def _find_in_official_texts(text: str, most: int) -> list[HsSuggestion]:
    """What an agency loaded, where our own words know nothing: codes whose text has every word."""
    words = [word for word in text.split() if len(word) > 2][:5]
    if not words:
        return []
    rows = HsCode.objects.filter(edition=HS_EDITION, code__regex=r"^[0-9]{6}$")
    for word in words:
        rows = rows.filter(text__icontains=word)
    by_heading: dict[str, list[HsChoice]] = {}
    for code, official in rows.values_list("code", "text")[:100]:
        by_heading.setdefault(code[:4], []).append(HsChoice(code, official, text))
    return [
        HsSuggestion(heading, get_hs_heading(code=heading), tuple(choices[:MOST_CODES]))
        for heading, choices in list(by_heading.items())[:most]
    ]


def _find_hs(text: str, language: str) -> list[HsHit]:
    finder = _hs_finder()
    words = [word for word in cut_words(text) if word not in HS_FILLERS]
    typed = [_list_typed_keys(word) for word in words]
    return finder.find(typed, language=language)


def _list_typed_keys(word: str) -> list[str]:
    """The word's stems; where none is known, the head of a German compound, words that it begins, or near spellings."""
    known = _hs_finder().list_keys()
    stems = list(dict.fromkeys([word, *(stem(word, language) for language in HS_LANGUAGES)]))
    if any(key in known for key in stems) or len(word) < SHORTEST_GUESS:
        return stems
    heads = [key for key in known if len(key) >= SHORTEST_HEAD and word.endswith(key)]
    begun = [key for key in known if key.startswith(word)]
    near = [key for key, _score, _place in process.extract(word, known, scorer=fuzz.ratio, score_cutoff=NEAR, limit=3)]
    return [max(heads, key=len)] if heads else begun or near


@lru_cache(maxsize=1)
def _hs_finder() -> HsFinder:
    return HsFinder(
        [
            HsPhrase(code, text, language, rank, frozenset(
                stem(word, language) for word in cut_words(text) if word not in HS_FILLERS
            ))
            for code, words in _hs_words().items()
            for language, phrases in words.items()
            for rank, text in enumerate(phrases)
        ]
    )  # fmt: skip


@lru_cache(maxsize=1)
def _hs_words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    return {
        row["code"]: {language: tuple(row[language].split("|")) for language in HS_LANGUAGES}
        for row in _read_table("hs_words.csv")
    }


@lru_cache(maxsize=1)
def _hs_codes() -> frozenset[str]:
    return frozenset((DATA / "hs2022.txt").read_text().split())


@lru_cache(maxsize=1)
def _hs_headings() -> dict[str, str]:
    return {row["heading"]: row["name"] for row in _read_table("hs_headings.csv")}


def _read_table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def look_at_rates() -> Iterator[Finding]:
    """What the doctor says of exchange rates."""
    rates = get_rates(day=timezone.localdate())
    known = {code: day for code, day in rates.days.items() if code != EURO}
    if known:
        yield Finding(
            "Exchange rates", f"{len(known)} currencies besides the euro; the newest of {max(known.values())}."
        )
        return
    words = "None of the last 14 days is known: prices are neither compared nor told in other currencies."
    yield Finding(
        "Exchange rates",
        words,
        "Type: python manage.py fx import FILE (eurofxref-daily.xml of the European Central Bank)",
    )
