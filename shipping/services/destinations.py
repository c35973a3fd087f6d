"""Nothing is priced to a barred destination, and whoever asked stands in the audit."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from core.models import AuditEntry
from shipping.choices import DestinationKind
from shipping.exceptions import DestinationNotServed, DestinationReviewed
from shipping.models import BarredDestination
from shipping.selectors.destinations import find_bar

REFUSED = "shipping.destination_refused"
AGAIN_AFTER = timedelta(hours=1)
"""Who asks again within it leaves no second entry: nobody fills the audit by reloading a page."""


def refuse_destination(*, country: str, day: date, user: Any) -> None:
    """Raise where the agency's table holds the country on the day; what people read about it is neutral, whatever its reason.

    Raises DestinationNotServed for an embargo, DestinationReviewed where an officer looks first. The audit entry is committed before
    that, in a transaction of its own: call it outside of any other.
    """
    bar = find_bar(country=country, day=day)
    if bar is None:
        return
    _record_refusal(bar, user if isinstance(user, User) else None)
    raise DestinationNotServed if bar.kind == DestinationKind.EMBARGOED else DestinationReviewed


@transaction.atomic(durable=True)
def _record_refusal(bar: BarredDestination, actor: User | None) -> None:
    told = AuditEntry.objects.filter(
        action=REFUSED, subject_kind=bar._meta.label_lower, subject_id=str(bar.pk), actor_id=actor.pk if actor else None
    )
    if not told.filter(at__gte=timezone.now() - AGAIN_AFTER).exists():
        audit.record(REFUSED, subject=bar, actor=actor)
