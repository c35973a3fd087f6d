"""What a rate card in a file would do, cell by cell, before anything is written; and what a version changes."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from babel.numbers import get_territory_currencies

from reference.selectors import list_countries
from shipping.exceptions import VersionGone
from shipping.models import TariffVersion
from shipping.models.tariff import TariffVersionQuerySet
from shipping.rules.cardfile.plan import CardPlan, PriceChange, PriceKey, compare_prices, read_card
from shipping.rules.cardfile.table import Sheet

PRICE_COLUMNS = ("origin__name", "destination__name", "basis", "container", "starts_at")
TERM_FIELDS = (
    "valid_from", "valid_until", "currency", "divisor_cm3_per_kg", "kg_per_m3", "size_rounding", "piece_rounding", "shipment_rounding", "compare_by",
    "minimum_kg", "minimum_charge",
)  # fmt: skip


@lru_cache(maxsize=1)
def list_known_countries() -> frozenset[str]:
    """ISO 3166 codes of countries."""
    return frozenset(code for code, _name in list_countries(language="en"))


@lru_cache(maxsize=1)
def list_known_currencies() -> frozenset[str]:
    """ISO 4217 codes that are legal tender somewhere today, as CLDR lists them."""
    return frozenset(code for country in list_known_countries() for code in get_territory_currencies(country))


def plan_card(*, sheets: Mapping[str, Sheet]) -> CardPlan:
    """Judge every cell; nothing is written."""
    return read_card(sheets, countries=list_known_countries(), currencies=list_known_currencies())


def list_versions(*, user: Any) -> TariffVersionQuerySet:
    """Versions of all tariffs that the person may see, the newest of each tariff first."""
    versions: TariffVersionQuerySet = TariffVersion.objects.visible_to(user)
    return versions.select_related("tariff__company", "imported_by", "published_by")


def get_version(*, user: Any, pk: int) -> TariffVersion:
    """One version. Raises VersionGone where there is none or the person may not see it."""
    found = list_versions(user=user).filter(pk=pk).first()
    if found is None:
        raise VersionGone
    return found


def find_version_before(*, version: TariffVersion) -> TariffVersion | None:
    """The published version of the tariff that is compared with: the last one before this number."""
    earlier = version.tariff.versions.published().filter(number__lt=version.number)
    return earlier.order_by("-number").first()


def list_price_changes(*, version: TariffVersion) -> list[PriceChange]:
    """Prices that are new, gone or other than in the published version before; everything where there was none."""
    before = find_version_before(version=version)
    return compare_prices(_map_prices(before) if before else {}, _map_prices(version))


def list_term_changes(*, version: TariffVersion) -> list[tuple[str, Any, Any]]:
    """Fields of the card that differ from the version before: name, before, after."""
    before = find_version_before(version=version)
    if before is None:
        return []
    pairs = [(name, getattr(before, name), getattr(version, name)) for name in TERM_FIELDS]
    return [(name, old, new) for name, old, new in pairs if old != new]


def _map_prices(version: TariffVersion) -> dict[PriceKey, Any]:
    rows = version.prices.values_list(*PRICE_COLUMNS, "price")
    return {
        (origin, destination, basis, container, starts): price
        for origin, destination, basis, container, starts, price in rows
    }
