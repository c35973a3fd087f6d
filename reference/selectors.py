"""Reads of the reference room: names in the reader's language, the category tree, HS codes, lay words, exchange rates."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.core import UnknownLocaleError
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language_info, gettext

from core.doctor import Finding
from core.kept import Kept
from reference.models import Category, FxRate
from reference.rules import EURO, Concept, Rate, Rates, join_rates

_tree: Kept[tuple[Category, ...]] = Kept(most=1, seconds=60)
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
