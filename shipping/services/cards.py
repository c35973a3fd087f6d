"""A rate card comes in as a draft, whole or not at all, and an officer publishes it."""

import hashlib
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from core.errors import NotAllowed
from shipping.adapters.card_files import read_card_file
from shipping.choices import OwnerKind, VersionState
from shipping.exceptions import (
    CardIsNotYours,
    CardRowsFaulty,
    CompanyUnknown,
    TariffIsOthers,
    ValidityOverlaps,
    VersionAlreadyPublished,
    VersionGone,
)
from shipping.models import Area, CardPrice, CardSurcharge, Tariff, TariffVersion, Zone
from shipping.rules.cardfile.card import CardTerms
from shipping.rules.cardfile.plan import CardPlan
from shipping.rules.cardfile.table import Problem
from shipping.selectors.card_plans import plan_card
from storefronts.choices import Role
from storefronts.models import Company

BATCH = 2000
TERMS = (
    "valid_from", "valid_until", "currency", "divisor_cm3_per_kg", "kg_per_m3", "size_rounding", "piece_rounding", "shipment_rounding", "compare_by",
    "minimum_kg", "minimum_charge",
)  # fmt: skip
AMOUNTS = (
    "code",
    "name",
    "flat",
    "per_kg",
    "per_m3",
    "per_piece",
    "percent",
    "minimum",
    "maximum",
    "valid_from",
    "valid_until",
)


@dataclass(frozen=True)
class ImportedCard:
    """What was read, and the draft that was written; none on a dry run or with faults."""

    plan: CardPlan
    version: TariffVersion | None


@transaction.atomic
def import_card(
    *, user: User, content: bytes, file_name: str, dry_run: bool = False, company: Company | None = None
) -> ImportedCard:
    """Read a card and write it as a new draft of its tariff; officers may, and editors of a firm its own cards.

    `company` is the firm on whose page it is brought in: another's card is refused there with CardIsNotYours.
    Weights are kilograms, sizes centimetres, prices in the card's currency, as the file says. A dry run tells every fault and
    writes nothing. Raises CardFileFaulty for no table at all, CardRowsFaulty when a single cell is wrong, ValidityOverlaps
    where a published version holds on one of its days, TariffIsOthers, CompanyUnknown, NotAllowed.
    """
    plan = plan_card(sheets=read_card_file(content))
    if plan.problems:
        if dry_run:
            return ImportedCard(plan, None)
        raise CardRowsFaulty(number=len(plan.problems))
    if company is not None and (plan.terms.owner_kind, plan.terms.company) != (OwnerKind.COMPANY, company.slug):
        raise CardIsNotYours(company=company.slug)
    owner = _find_owner(plan.terms, user)
    tariff = _find_tariff(plan.terms, owner)
    if clash := _find_clash(tariff, plan.terms):
        if dry_run:
            return ImportedCard(replace(plan, problems=(_place_clash(plan.terms, clash),)), None)
        raise clash
    if dry_run:
        return ImportedCard(plan, None)
    tariff = tariff or _make_tariff(plan.terms, owner)
    version = _write_version(tariff, plan.terms, user, file_name, content)
    _write_contents(version, plan)
    audit.record("shipping.card_imported", subject=version, actor=user, fields=["prices", "zones", "surcharges"])
    return ImportedCard(plan, version)


@transaction.atomic
def publish_version(*, officer: User, version_id: int) -> TariffVersion:
    """Let a draft price loads from now on; officers may. Raises NotAllowed, VersionGone, VersionAlreadyPublished, ValidityOverlaps."""
    if not officer.is_officer:
        raise NotAllowed
    version = _lock(version_id)
    clash = version.tariff.versions.overlapping(first=version.valid_from, last=version.valid_until).first()
    if clash is not None:
        raise ValidityOverlaps(number=clash.number, first=clash.valid_from, last=clash.valid_until)
    version.state, version.published_by, version.published_at = VersionState.PUBLISHED, officer, timezone.now()
    version.save(update_fields=["state", "published_by", "published_at"])
    audit.record("shipping.card_published", subject=version, actor=officer, fields=["state"])
    return version


@transaction.atomic
def discard_version(*, user: User, version_id: int) -> None:
    """Throw a draft away; officers may, and editors of a firm their own. Raises NotAllowed, VersionGone, VersionAlreadyPublished."""
    if not TariffVersion.objects.visible_to(user).filter(pk=version_id).exists():
        raise VersionGone
    version = _lock(version_id)
    if not user.is_officer and not _keeps_cards_of(user, version.tariff.company_id):
        raise NotAllowed
    audit.record("shipping.card_discarded", subject=version.tariff, actor=user)
    version.delete()


def _keeps_cards_of(user: User, company_id: int | None) -> bool:
    kept = Company.objects.of_member(user, Role.OWNER, Role.EDITOR)
    return company_id is not None and kept.filter(pk=company_id).exists()


def _lock(version_id: int) -> TariffVersion:
    """A draft, its tariff locked, so that two are not published for the same days at once."""
    tariff = Tariff.objects.select_for_update().filter(versions=version_id).first()
    version = TariffVersion.objects.select_related("tariff").filter(pk=version_id).first()
    if tariff is None or version is None:
        raise VersionGone
    if not version.is_draft:
        raise VersionAlreadyPublished
    return version


def _find_owner(terms: CardTerms, user: User) -> Company | None:
    """The exporter whose card it is; None for cards of the agency and of forwarders, which officers alone bring in."""
    if terms.owner_kind != OwnerKind.COMPANY:
        if not user.is_officer:
            raise NotAllowed
        return None
    companies = Company.objects.all() if user.is_officer else Company.objects.of_member(user, Role.OWNER, Role.EDITOR)
    company = companies.filter(slug=terms.company).first()
    if company is None:
        raise CompanyUnknown(company=terms.company)
    return company


def _find_tariff(terms: CardTerms, company: Company | None) -> Tariff | None:
    """The tariff of the code, locked; another owner's is refused."""
    tariff = Tariff.objects.select_for_update().filter(code=terms.code).first()
    if tariff is None:
        return None
    wanted = (terms.owner_kind, terms.forwarder, company.pk if company else None, terms.mode)
    if (tariff.owner_kind, tariff.forwarder, tariff.company_id, tariff.mode) != wanted:
        raise TariffIsOthers(code=terms.code)
    return tariff


def _find_clash(tariff: Tariff | None, terms: CardTerms) -> ValidityOverlaps | None:
    """The published version that holds on one of the card's days, if any."""
    if tariff is None or not terms.valid_from or not terms.valid_until:
        return None
    clash = tariff.versions.overlapping(first=terms.valid_from, last=terms.valid_until).first()
    return ValidityOverlaps(number=clash.number, first=clash.valid_from, last=clash.valid_until) if clash else None


def _place_clash(terms: CardTerms, clash: ValidityOverlaps) -> Problem:
    """The same as a fault of the cell that says from when on the card holds."""
    cell = terms.places["valid_from"]
    return Problem(cell.sheet, cell.row, cell.letter, clash.message, clash.values)


def _make_tariff(terms: CardTerms, company: Company | None) -> Tariff:
    return Tariff.objects.create(
        code=terms.code, name=terms.name, owner_kind=terms.owner_kind, company=company, forwarder=terms.forwarder, mode=terms.mode
    )  # fmt: skip


def _write_version(tariff: Tariff, terms: CardTerms, user: User, file_name: str, content: bytes) -> TariffVersion:
    newest = tariff.versions.order_by("-number").first()
    return TariffVersion.objects.create(
        tariff=tariff, number=newest.number + 1 if newest else 1, imported_by=user, source=terms.source or file_name[:200],
        sha256=hashlib.sha256(content).hexdigest(), **{name: getattr(terms, name) for name in TERMS},
    )  # fmt: skip


def _write_contents(version: TariffVersion, plan: CardPlan) -> None:
    names = dict.fromkeys((placed.side, placed.member.zone) for placed in plan.zones)
    made = Zone.objects.bulk_create(
        [Zone(version=version, side=side, name=name) for side, name in names], batch_size=BATCH
    )
    zones = {(zone.side, zone.name): zone for zone in made}
    members = [(zones[placed.side, placed.member.zone], placed.member) for placed in plan.zones]
    Area.objects.bulk_create(
        [
            Area(zone=zone, kind=one.kind, country=one.country, value=one.value, value_until=one.value_until)
            for zone, one in members
        ],
        batch_size=BATCH,
    )
    CardPrice.objects.bulk_create(
        [
            CardPrice(
                version_id=version.pk, origin_id=zones["origin", one.origin].pk, destination_id=zones["destination", one.destination].pk,
                basis=one.basis, container=one.container, starts_at=one.starts_at, ends_at=one.ends_at, price=one.price, transit_days=one.transit_days,
            )
            for one in plan.prices
        ],
        batch_size=BATCH,
    )  # fmt: skip
    CardSurcharge.objects.bulk_create(
        CardSurcharge(
            version=version, position=position, applies_to=list(one.applies_to), area=zones["area", one.area] if one.area else None,
            **{name: getattr(one, name) for name in AMOUNTS},
        )
        for position, one in enumerate(plan.surcharges)
    )  # fmt: skip
