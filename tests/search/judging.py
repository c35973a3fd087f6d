"""The judged set over the demo and 2,000 generated listings: rows, grades, and the two measures."""

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

JUDGED = Path(__file__).parent / "judged.tsv"
TOP = 10
RECALL_AT = 20


@dataclass(frozen=True)
class Judged:
    """A query; `grades` holds its items by grade."""

    language: str
    query: str
    grades: Mapping[int, Sequence[str]]
    held_out: bool


@dataclass(frozen=True)
class Product:
    """What is known of a listing without looking at the index."""

    pk: int
    title: str
    category: str
    language: str
    kind: str = ""
    attributes: Sequence[str] = ()


def read_judged():
    """Every line of the set, in order."""
    with JUDGED.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Judged(
            row[0],
            row[1],
            {3 - at: [item for item in cell.split(";") if item] for at, cell in enumerate(row[2:5])},
            number % 3 == 2,
        )
        for number, row in enumerate(rows)
    ]


def fits(item: str, product: Product) -> bool:
    if item.startswith("="):
        kind, _plus, attribute = item[1:].partition("+")
        return product.kind == kind and (not attribute or attribute in product.attributes)
    if item.startswith("#"):
        return product.category == item[1:]
    return not product.kind and item.casefold() in product.title.casefold()


def grade(judged: Judged, product: Product) -> int:
    """The highest grade with an item that fits; 0 without any."""
    return next((value for value in (3, 2, 1) if any(fits(item, product) for item in judged.grades[value])), 0)


def gain(grades):
    return sum((2**value - 1) / math.log2(place + 2) for place, value in enumerate(grades[:TOP]))


def ndcg(judged, found, products):
    """nDCG@10 with gains of 2^grade - 1; 1.0 is the best possible order."""
    best = sorted((grade(judged, product) for product in products.values()), reverse=True)
    return gain([grade(judged, products[pk]) for pk in found]) / gain(best)


def cross_language_recall(judged: Judged, found: Sequence[int], products: Mapping[int, Product]) -> float | None:
    """Of what was asked for and is written in another language, the share among the first 20 results in other languages.

    At most 20 can be among 20; None where nothing in another language was asked for.
    """
    foreign = {
        pk for pk, product in products.items() if product.language != judged.language and grade(judged, product) == 3
    }
    if not foreign:
        return None
    shown = [pk for pk in found if products[pk].language != judged.language][:RECALL_AT]
    return len(foreign.intersection(shown)) / min(RECALL_AT, len(foreign))
