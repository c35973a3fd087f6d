"""What Lateen knows of borders without an officer: bases of duty, rules for small consignments, taxes. Each row names its page and the day."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import eu_vat_rates_data

from reference.rules import EUROPEAN_UNION
from shipping.rules.duty import DutyBase

DATA = Path(__file__).parent.parent / "data"
VAT_SOURCE = "eu-vat-rates-data {version}, European Commission TEDB"
BY_HAND = "eu-vat-rates-data {version}, kept by hand by its author"
BESIDE_THE_UNION = {"GB": "GB", "NO": "NO"}
"""Countries of the package outside of the union whose formula we know."""


@dataclass(frozen=True)
class BaseFact:
    """From what a country counts duty, and where that was read."""

    base: DutyBase
    source: str
    read_on: date


@dataclass(frozen=True)
class VatRate:
    """A standard rate as of the day on which the package took it over."""

    country: str
    percent: Decimal
    formula: str
    as_of: date
    source: str


@lru_cache(maxsize=1)
def read_duty_bases() -> dict[str, BaseFact]:
    """Every country whose base a page names."""
    return {
        row["country"]: BaseFact(DutyBase(row["base"]), row["source_url"], date.fromisoformat(row["read_on"]))
        for row in read_seed("duty_bases")
    }


def read_seed(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file in shipping/data."""
    with (DATA / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def list_vat_rates() -> list[VatRate]:
    """Standard rates of the union's members, of the United Kingdom and of Norway.

    The package names no goods for reduced rates and no day from which a rate holds: a rate holds from the day of its data.
    """
    version = eu_vat_rates_data.data_version
    countries = dict.fromkeys(EUROPEAN_UNION, "EU") | BESIDE_THE_UNION
    return [
        VatRate(
            country, Decimal(str(eu_vat_rates_data.get_standard_rate(country))), formula, date.fromisoformat(version),
            (VAT_SOURCE if formula == "EU" else BY_HAND).format(version=version),
        )
        for country, formula in sorted(countries.items())
    ]  # fmt: skip
