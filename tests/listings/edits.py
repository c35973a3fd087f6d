"""Five hundred edits of approved products, the same each time: what exporters change, in the mixture of a busy month."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from listings.rules.changes import Version

WORDS = [
    "raw",
    "honey",
    "from",
    "the",
    "forest",
    "strained",
    "once",
    "cold",
    "and",
    "filled",
    "by",
    "weight",
    "into",
    "jars",
    "that",
    "close",
    "well",
    "and",
    "travel",
    "far",
]


def make_product(chance: random.Random) -> Version:
    """An approved product."""
    text = " ".join(chance.choice(WORDS) for _ in range(60))
    price = Decimal(chance.randint(300, 5000)) / 100
    return Version(
        title=f"Forest honey {chance.randint(1, 99)}, strained", summary=" ".join(chance.choice(WORDS) for _ in range(14)), description=text,
        language="en", category="12", unit="kg", currency="USD", hs_code="040900", origin="GH",
        prices={Decimal(100): price, Decimal(1000): price * Decimal("0.9")}, pictures=("a", "b", "c"), facts=("FOB", 14, 20),
    )  # fmt: skip


def _misspell(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text) - 3)
    return text[:place] + text[place + 1 :]


def _price(version: Version, factor: str) -> Version:
    return replace(
        version, prices={quantity: price * Decimal(factor) for quantity, price in (version.prices or {}).items()}
    )


EDITS: dict[str, tuple[int, Callable[[Version, random.Random], Version]]] = {
    "a slip in the description is mended": (70, lambda v, c: replace(v, description=_misspell(v.description, c))),
    "a slip in the name is mended": (15, lambda v, c: replace(v, title=v.title.replace("honey", "hony", 1))),
    "a figure in the name or the text changes": (10, lambda v, _c: replace(v, title=v.title + ", 5 kg")),
    "a sentence is added to the description": (45, lambda v, _c: replace(v, description=f"{v.description} Each jar holds 500 g.")),
    "the description is rewritten": (20, lambda v, _c: replace(v, description="Quite another text about quite another thing, written anew.")),
    "the product gets another name": (15, lambda v, _c: replace(v, title="Beeswax blocks, yellow")),
    "a description is given for the first time": (10, lambda v, _c: replace(v, description="A text.")),
    "a picture is added at the end": (60, lambda v, _c: replace(v, pictures=(*v.pictures, "d"))),
    "a picture is taken out": (15, lambda v, _c: replace(v, pictures=v.pictures[:-1])),
    "another picture comes first": (20, lambda v, _c: replace(v, pictures=(v.pictures[1], v.pictures[0], *v.pictures[2:]))),
    "prices rise by 8 per cent": (50, lambda v, _c: _price(v, "1.08")),
    "prices fall by 15 per cent": (20, lambda v, _c: _price(v, "0.85")),
    "prices rise by 35 per cent": (20, lambda v, _c: _price(v, "1.35")),
    "a decimal point slips": (5, lambda v, _c: _price(v, "10")),
    "a price for larger orders is added": (20, lambda v, _c: replace(v, prices={**(v.prices or {}), Decimal(5000): (v.prices or {})[Decimal(1000)] * Decimal("0.95")})),
    "prices are told in another currency": (5, lambda v, _c: replace(v, currency="EUR")),
    "it is sold in another unit": (5, lambda v, _c: replace(v, unit="jar")),
    "days to ship, packing or terms change": (55, lambda v, _c: replace(v, facts=("FOB", 21, 24))),
    "the HS code changes": (10, lambda v, _c: replace(v, hs_code="152190")),
    "the category changes": (8, lambda v, _c: replace(v, category="13")),
    "the country of origin changes": (4, lambda v, _c: replace(v, origin="TG")),
    "the text claims a certificate": (8, lambda v, _c: replace(v, description=v.description + " Certified organic.", claims=frozenset({"certified", "organic"}))),
    "a rule of the agency speaks": (5, lambda v, _c: replace(v, description=v.description + " Eco friendly.", rules=frozenset({"green-claim"}))),
    "a slip and a steep price at once": (5, lambda v, c: _price(replace(v, description=_misspell(v.description, c)), "1.5")),
}  # fmt: skip


def list_edits() -> Iterator[tuple[str, Version, Version]]:
    """What was changed, the approved version, and what was sent."""
    chance = random.Random(6)  # noqa: S311  the same edits each time
    for name, (number, edit) in EDITS.items():
        for _ in range(number):
            before = make_product(chance)
            if name == "a description is given for the first time":
                before = replace(before, description="")
            yield name, before, edit(before, chance)
