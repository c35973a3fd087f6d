"""Exchange rates come in, all of a file or none of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Model

from core import audit
from reference.models import FxRate
from reference.rules import Rate

BATCH = 1000


@dataclass(frozen=True)
class Imported:
    """How many rates are new, changed and as they were."""

    added: int
    changed: int
    same: int


@transaction.atomic
def import_rates(*, rates: Sequence[Rate], source: str, actor: Model | None = None, dry_run: bool = False) -> Imported:
    """Write rates; one that is known for its day and pair takes the new value. The search follows within a minute."""
    wanted = {(rate.day, rate.base, rate.quote): rate.units for rate in rates}
    days = {day for day, _base, _quote in wanted}
    rows = FxRate.objects.filter(day__gte=min(days), day__lte=max(days)).values_list("day", "base", "quote", "units")
    known = {(day, base, quote): units for day, base, quote, units in rows}
    changed = [key for key, units in wanted.items() if key in known and known[key] != units]
    added = [key for key in wanted if key not in known]
    if not dry_run:
        FxRate.objects.bulk_create(
            (
                FxRate(day=key[0], base=key[1], quote=key[2], units=wanted[key], source=source)
                for key in (*added, *changed)
            ),
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["day", "base", "quote"],
            update_fields=["units", "source"],
        )
        newest = FxRate.objects.get(**dict(zip(("day", "base", "quote"), max(wanted), strict=True)))
        audit.record("reference.rates_imported", subject=newest, actor=actor, fields=["units", "source"])
    return Imported(len(added), len(changed), len(wanted) - len(added) - len(changed))
