"""Variants of a product: which names and numbers make sense together."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import gettext_noop
from listings.rules.prices import Break

MOST_VARIANTS = 30
MOST_VARIANT_PRICES = 4
NAME_TWICE = gettext_noop("Two variants have this name. Buyers could not tell them apart.")
NUMBER_TWICE = gettext_noop("This article number stands in another line too. Give each its own.")
GTIN_TWICE = gettext_noop("This GTIN stands in another line too. Each variant needs its own.")


@dataclass(frozen=True)
class VariantFacts:
    """One variant. Prices are per unit of the product and in its currency, smallest quantity first."""

    name: str
    article_number: str = ""
    gtin: str = ""
    prices: tuple[Break, ...] = ()


@dataclass(frozen=True)
class VariantProblem:
    """What is wrong in a row, and in which field."""

    row: int
    field: str
    message: str


def check_variants(
    rows: Sequence[tuple[int, VariantFacts]], *, article_number: str = "", gtin: str = ""
) -> list[VariantProblem]:
    """Names and numbers that stand twice, case apart; the product's own numbers count. The later row is told."""
    problems: list[VariantProblem] = []
    for field, message, first in (
        ("name", NAME_TWICE, ""), ("article_number", NUMBER_TWICE, article_number), ("gtin", GTIN_TWICE, gtin),
    ):  # fmt: skip
        known = set(list_same_numbers(first, field))
        for row, facts in rows:
            same = set(list_same_numbers(str(getattr(facts, field)), field))
            if same & known:
                problems.append(VariantProblem(row, field, message))
            known |= same
    return sorted(problems, key=lambda problem: problem.row)


def list_same_numbers(number: str, field: str) -> list[str]:
    """All ways of writing the same number, in capitals; none of an empty one. A GTIN of 13 digits and the same with a zero before it
    are one number."""
    if not number:
        return []
    if field != "gtin":
        return [number.upper()]
    whole = number.zfill(14)
    return [whole[-digits:] for digits in (8, 12, 13, 14) if not whole[:-digits].strip("0")]
