"""Audit: every act of weight leaves an entry in the caller's transaction; a job seals them into a hash chain."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from core.models import AuditEntry, AuditSeal, AuditValue

GENESIS = "0" * 64
BATCH = 5000


@dataclass(frozen=True)
class AuditReport:
    """What `verify_chain` found: counts, the first seal that does not hold (None when all do), and the last digest."""

    sealed: int
    unsealed: int
    broken_seal: int | None
    head: str = GENESIS


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
        return _seal_next()
    except IntegrityError:  # the seal's sequence is unique: somebody else has just written it
        return 0


def _seal_next() -> int:
    with transaction.atomic():
        last = AuditSeal.objects.select_for_update().order_by("-sequence").first()
        entries = list(AuditEntry.objects.filter(seal=None).order_by("id")[:BATCH])
        if not entries:
            return 0
        previous = last.digest if last else GENESIS
        seal = AuditSeal.objects.create(
            sequence=(last.sequence + 1) if last else 1,
            sealed_at=timezone.now(),
            previous=previous,
            digest=_digest(previous, entries),
            count=len(entries),
        )
        AuditEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(seal=seal)
        return len(entries)


def verify_chain() -> AuditReport:
    """Recompute every seal from its entries."""
    previous, sealed = GENESIS, 0
    for seal in AuditSeal.objects.order_by("sequence").iterator():
        entries = list(seal.entries.order_by("id"))
        sealed += len(entries)
        if seal.previous != previous or len(entries) != seal.count or seal.digest != _digest(previous, entries):
            return AuditReport(sealed, AuditEntry.objects.filter(seal=None).count(), seal.sequence)
        previous = seal.digest
    return AuditReport(sealed, AuditEntry.objects.filter(seal=None).count(), None, previous)


def is_in_chain(*, digest: str) -> bool:
    """A head that was written down outside is still a link: nothing before it was cut off at the end."""
    return digest == GENESIS or AuditSeal.objects.filter(digest=digest).exists()


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
