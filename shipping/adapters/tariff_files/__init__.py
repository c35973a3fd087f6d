"""Tariffs as their publishers hand them out: each reader turns a file into lines, in order, with the publisher's words kept.

| format | file | territory, currency |
|---|---|---|
| ukgt | United Kingdom, measures on declarable commodities, CSV | GB, GBP |
| hts | United States, Harmonized Tariff Schedule, JSON or CSV | US, USD |
| taric | European Union, Duties Import, XLSX | EU, EUR |
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.errors import gettext_noop
from shipping.adapters.tariff_files.hts import read_hts
from shipping.adapters.tariff_files.taric import read_taric
from shipping.adapters.tariff_files.ukgt import read_ukgt
from shipping.exceptions import TariffFileFaulty
from shipping.rules.duties.published import LeftOut, PublishedRule, Tariff, settle

Lines = Iterator[PublishedRule | LeftOut]
OTHER_ORIGINS = gettext_noop("an origin that was not asked for")


@dataclass(frozen=True)
class Format:
    """Whose tariff it is, in which currency, and what reads it."""

    territory: str
    currency: str
    read: Callable[[Path], Lines]


FORMATS = {
    "ukgt": Format("GB", "GBP", read_ukgt),
    "hts": Format("US", "USD", read_hts),
    "taric": Format("EU", "EUR", read_taric),
}


def read_tariff(path: Path, *, form: str, day: date, origins: frozenset[str] = frozenset()) -> Tariff:
    """The whole file, or TariffFileFaulty with the first line and column that is wrong.

    `origins` keeps of the preferences those of these countries and of groups; all of them where it is empty.
    """
    lines = FORMATS[form].read(path)
    tariff = settle((_choose(line, origins) for line in lines), day=day)
    if not tariff.rules:
        raise TariffFileFaulty(1, "", "there is no duty in it")
    return tariff


def _choose(line: PublishedRule | LeftOut, origins: frozenset[str]) -> PublishedRule | LeftOut:
    is_kept = isinstance(line, LeftOut) or not line.origin or not origins or line.origin in origins
    return line if is_kept else LeftOut(line.line, OTHER_ORIGINS)
