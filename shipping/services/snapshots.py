"""What a quotation's freight was counted from is frozen, byte for byte."""

import hashlib

from django.utils import timezone

from accounts.models import User
from core import audit
from shipping.models import Snapshot
from shipping.rules.lookups import write_canonical
from shipping.selectors.quoting import Quote, describe_quote, find_last_day


def freeze_quote(*, user: User, quote: Quote, incoterm: str, place: str) -> Snapshot:
    """Freeze a price with the ladder that was counted from it, under a term. The caller has proved that the user quotes for the company.

    The database refuses every later change. Raises OfferGone where no price counts.
    """
    body = write_canonical(describe_quote(quote=quote, incoterm=incoterm, place=place))
    chosen = quote.chosen
    snapshot = Snapshot.objects.create(
        company_id=quote.lookup.company_id, body=body, sha256=hashlib.sha256(body.encode()).hexdigest(), made_by=user, made_at=timezone.now(),
        valid_until=find_last_day(freight=chosen, today=quote.rates.day) if chosen else quote.rates.day,
    )  # fmt: skip
    audit.record("shipping.quote_frozen", subject=snapshot, actor=user, fields=["sha256"])
    return snapshot
