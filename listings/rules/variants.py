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
        known = {first.casefold()} - {""}
        for row, facts in rows:
            value = str(getattr(facts, field)).casefold()
            if value and value in known:
                problems.append(VariantProblem(row, field, message))
            known.add(value)
    return sorted(problems, key=lambda problem: problem.row)
