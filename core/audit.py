"""Audit: every act of weight leaves an entry in the caller's transaction; a job seals them into a hash chain."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from core.models import AuditEntry, AuditSeal, AuditValue

logger = structlog.get_logger(__name__)

GENESIS = "0" * 64
BATCH = 5000


@dataclass(frozen=True)
class Head:
    """How far the chain reached at some moment: the newest seal's number and digest. Kept outside, it is a witness."""

    sequence: int
    digest: str


@dataclass(frozen=True)
class AuditReport:
    """What `verify_chain` found: counts, the first seal that does not hold (None when all do), the newest seal, and whether
    the chain has lost or exchanged the seal of the witness."""

    sealed: int
    unsealed: int
    broken_seal: int | None
    head: Head = Head(0, GENESIS)
    contradicts_witness: bool = False

    @property
    def holds(self) -> bool:
        return self.broken_seal is None and not self.contradicts_witness


def record(
    action: str,
    *,
    subject: models.Model,
    actor: models.Model | None,
    fields: Iterable[str] = (),
    values: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write an entry. `action` reads "listings.approved"; `fields` are names, `values` personal and erasable."""
    entry = AuditEntry.objects.create(
        at=timezone.now(),
        action=action,
        actor_id=actor.pk if actor else None,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        fields=sorted(fields),
    )
    if values:
        AuditValue.objects.create(entry=entry, values=values)
    return entry


def seal_entries() -> int:
    """Chain the entries committed so far; the number sealed. Of two that run at once, one seals and the other answers 0."""
    try:
        sealed, head = _seal_next()
    except IntegrityError:  # the seal's sequence is unique: somebody else has just written it
        return 0
    if sealed:  # the log leaves the machine: whoever cuts the chain later cannot take this line back
        logger.info("audit_sealed", sequence=head.sequence, digest=head.digest, entries=sealed)
    return sealed


def _seal_next() -> tuple[int, Head]:
    with transaction.atomic():
        last = AuditSeal.objects.select_for_update().order_by("-sequence").first()
        entries = list(AuditEntry.objects.filter(seal=None).order_by("id")[:BATCH])
        if not entries:
            return 0, _head_of(last)
        previous = last.digest if last else GENESIS
        seal = AuditSeal.objects.create(
            sequence=(last.sequence + 1) if last else 1,
            sealed_at=timezone.now(),
            previous=previous,
            digest=_digest(previous, entries),
            count=len(entries),
        )
        AuditEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(seal=seal)
        return len(entries), _head_of(seal)


def read_head() -> Head:
    """The newest seal; number 0 before the first."""
    return _head_of(AuditSeal.objects.order_by("-sequence").first())


def verify_chain(*, witness: Head | None = None) -> AuditReport:
    """Recompute every seal from its entries.

    A chain cut at its newest end holds in itself: only a `witness` from outside (a backup, a digest, a log line) shows it.
    """
    broken, sealed = _find_broken_seal()
    return AuditReport(
        sealed=sealed,
        unsealed=AuditEntry.objects.filter(seal=None).count(),
        broken_seal=broken,
        head=read_head(),
        contradicts_witness=witness is not None and not _knows(witness),
    )


def _find_broken_seal() -> tuple[int | None, int]:
    previous, sealed = GENESIS, 0
    for number, seal in enumerate(AuditSeal.objects.order_by("sequence").iterator(), start=1):
        entries = list(seal.entries.order_by("id"))
        sealed += len(entries)
        follows = seal.sequence == number and seal.previous == previous and len(entries) == seal.count
        if not follows or seal.digest != _digest(previous, entries):
            return seal.sequence, sealed
        previous = seal.digest
    return None, sealed


def _knows(witness: Head) -> bool:
    if witness.sequence == 0:
        return witness.digest == GENESIS
    return AuditSeal.objects.filter(sequence=witness.sequence, digest=witness.digest).exists()


def _head_of(seal: AuditSeal | None) -> Head:
    return Head(seal.sequence, seal.digest) if seal else Head(0, GENESIS)


def _digest(previous: str, entries: Iterable[AuditEntry]) -> str:
    chain = hashlib.sha256(previous.encode())
    for entry in entries:
        row = [
            entry.pk,
            entry.at.isoformat(),
            entry.action,
            entry.actor_id,
            entry.subject_kind,
            entry.subject_id,
            entry.fields,
        ]
        chain.update(json.dumps(row, separators=(",", ":")).encode())
    return chain.hexdigest()
