"""Officers write down what came of a call to a silent firm."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.audit import record
from core.errors import NotFound
from listings.choices import CallOutcome
from listings.exceptions import NoteNotGiven
from listings.models import PriceCall
from storefronts.models import Company

REPEAT_WITHIN = timedelta(minutes=1)


@transaction.atomic
def log_price_call(*, officer: User, company_id: int, outcome: str, note: str) -> PriceCall:
    """Keep what came of a call; the same again within a minute gives the first. A firm that will answer leaves the list for a week.

    Officers may. Raises NotFound, and NoteNotGiven where "something else" says nothing.
    """
    rows = Company.objects.select_for_update(no_key=True).filter(pk=company_id)
    company = rows.first() if officer.is_officer else None
    if company is None:
        raise NotFound
    told, now = note.strip(), timezone.now()
    if outcome == CallOutcome.OTHER and not told:
        raise NoteNotGiven
    same = PriceCall.objects.filter(company=company, officer=officer, outcome=outcome, note=told)
    first = same.filter(called_at__gt=now - REPEAT_WITHIN).first()
    if first is not None:
        return first
    call = PriceCall.objects.create(
        company=company, officer=officer, outcome=CallOutcome(outcome), note=told, called_at=now
    )
    record("listings.price_call_logged", subject=call, actor=officer, fields=["outcome", "note"])
    return call
