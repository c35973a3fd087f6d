"""What a rate card in a file would do, cell by cell, before anything is written; and what a version changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.numbers import get_territory_currencies
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext

from listings.selectors.figures import Plot
from reference.selectors import list_countries
from shipping.choices import PriceBasis
from shipping.exceptions import VersionGone
from shipping.models import TariffVersion
from shipping.models.tariff import TariffVersionQuerySet
from shipping.rules.cardfile.plan import CardPlan, PriceChange, PriceKey, compare_prices, find_rises, read_card
from shipping.rules.cardfile.table import Problem, Sheet
from shipping.selectors.card_curves import plot_prices
from storefronts.models import Member

PRICE_COLUMNS = ("origin__name", "destination__name", "basis", "container", "starts_at")
MOST_CHANGES = 200
TERM_FIELDS = (
    "valid_from", "valid_until", "currency", "divisor_cm3_per_kg", "kg_per_m3", "size_rounding", "piece_rounding", "shipment_rounding", "compare_by",
    "minimum_kg", "minimum_charge",
)  # fmt: skip


@dataclass(frozen=True)
class DescribedProblem:
    """A fault with its place, in words."""

    sheet: str
    row: int
    column: str
    words: str


@dataclass(frozen=True)
class ShownChange:
    """A price that differs, in words; an empty one is not there."""

    origin: str
    destination: str
    basis: str
    starts_at: str
    before: str
    after: str
    percent: Decimal | None


@dataclass(frozen=True)
class DescribedCard:
    """A version: its terms, what differs from the published one before, prices that rise, and how much of each it has."""

    terms: list[dict[str, Any]]
    before: TariffVersion | None
    term_changes: list[tuple[str, Any, Any]]
    changes: list[ShownChange]
    more: int
    rises: list[ShownChange]
    prices: int
    zones: int
    surcharges: int
    plots: list[Plot]


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


def list_waiting_drafts(*, user: Any) -> TariffVersionQuerySet:
    """Drafts of exporters, which an officer reads and publishes."""
    return list_versions(user=user).drafts_of_exporters()


def count_waiting_drafts() -> int:
    """How many drafts of exporters wait for an officer."""
    return TariffVersion.objects.drafts_of_exporters().count()


def list_own_versions(*, member: Member) -> TariffVersionQuerySet:
    """Versions of the firm's own tariffs, those of one tariff together, the newest first."""
    return list_versions(user=member.user).filter(tariff__company=member.company_id)


def get_own_version(*, member: Member, pk: int) -> TariffVersion:
    """One of them. Raises VersionGone."""
    found = list_own_versions(member=member).filter(pk=pk).first()
    if found is None:
        raise VersionGone
    return found


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


def describe_problem(*, problem: Problem) -> DescribedProblem:
    """A fault or warning in the reader's language."""
    words = gettext(problem.message)
    return DescribedProblem(
        problem.sheet, problem.row, problem.column, words % problem.values if problem.values else words
    )


def describe_card(*, version: TariffVersion) -> DescribedCard:
    """All that an officer looks at before publishing; long lists of changes are cut at 200."""
    changes, prices = list_price_changes(version=version), _map_prices(version)
    shown = [_show(one) for one in changes[:MOST_CHANGES]]
    rises = [_show(one) for one in find_rises(prices)[:MOST_CHANGES]]
    return DescribedCard(
        terms=[{"label": _label(name), "value": _write_term(version, name)} for name in (*TERM_FIELDS, "source") if _write_term(version, name)],
        before=find_version_before(version=version),
        term_changes=[(_label(name), old, new) for name, old, new in list_term_changes(version=version)],
        changes=shown, more=len(changes) - len(shown), rises=rises, prices=len(prices), zones=version.zones.count(),
        surcharges=version.surcharges.count(), plots=plot_prices(version=version),
    )  # fmt: skip


def _show(change: PriceChange) -> ShownChange:
    """A change as an officer reads it: numbers without idle zeros; "" where there is none."""
    numbers = [
        None if number is None else f"{number.normalize():f}"
        for number in (change.starts_at, change.before, change.after)
    ]
    basis = str(dict(PriceBasis.choices)[change.basis])
    kind = f"{basis} {change.container}".strip()
    return ShownChange(
        change.origin, change.destination, kind, numbers[0] or "", numbers[1] or "", numbers[2] or "", change.percent
    )


def _write_term(version: TariffVersion, name: str) -> Any:
    """A field as an officer reads it; "" where it says nothing."""
    value = getattr(version, name)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else ""
    return (
        formats.date_format(value, "j M Y") if isinstance(value, date) else value if value not in {None, "none"} else ""
    )


def _label(name: str) -> str:
    return str(capfirst(str(getattr(TariffVersion._meta.get_field(name), "verbose_name", name))))


def _map_prices(version: TariffVersion) -> dict[PriceKey, Any]:
    rows = version.prices.values_list(*PRICE_COLUMNS, "price")
    return {
        (origin, destination, basis, container, starts): price
        for origin, destination, basis, container, starts, price in rows
    }
