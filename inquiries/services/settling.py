"""How a quotation ends: one outcome, written once, with names and time for both sides and for the audit."""

from typing import Any, NoReturn

from django.db.models import QuerySet
from django.utils import timezone

from core import audit
from core.jobs import cancel
from inquiries.choices import Door, Event, OutcomeKind, QuotationState, Side
from inquiries.exceptions import QuotationAccepted, QuotationDeclined, QuotationExpired, QuotationWithdrawn
from inquiries.models import Quotation, QuotationOutcome
from inquiries.services.messages import append_event
from inquiries.services.quotation_news import tell_settled

EXPIRE_JOB = "inquiries.expire_quotation"
SIDES = {
    OutcomeKind.ACCEPTED: Side.BUYER, OutcomeKind.DECLINED: Side.BUYER, OutcomeKind.WITHDRAWN: Side.EXPORTER,
    OutcomeKind.EXPIRED: Side.EVENT,
}  # fmt: skip


def find_outcome(*, quotation: Quotation) -> QuotationOutcome | None:
    """How a locked quotation ended, None while it has not."""
    rows: QuerySet[QuotationOutcome] = QuotationOutcome.objects.filter(quotation=quotation)
    return rows.select_related("version").first()


def refuse_settled(*, outcome: QuotationOutcome) -> NoReturn:
    """Say how it ended to somebody who comes too late."""
    if outcome.kind == OutcomeKind.ACCEPTED:
        raise QuotationAccepted(name=outcome.by_name)
    if outcome.kind == OutcomeKind.DECLINED:
        raise QuotationDeclined(name=outcome.by_name)
    if outcome.kind == OutcomeKind.WITHDRAWN:
        raise QuotationWithdrawn
    raise QuotationExpired(day=outcome.version.last_day)


def settle(
    *, quotation: Quotation, kind: OutcomeKind, by_name: str, user: Any, via: Door, key: str, reason: str = ""
) -> QuotationOutcome:
    """End a locked quotation that has not ended; both sides are told. Called in the transaction of who may."""
    if quotation.current is None:
        raise AssertionError("a draft has no outcome")
    now = timezone.now()
    outcome = QuotationOutcome.objects.create(
        quotation=quotation, kind=kind, version=quotation.current, side=SIDES[kind], by_name=by_name, user=user, via=via,
        reason=reason, at=now, key=key,
    )  # fmt: skip
    quotation.state, quotation.changed_at = QuotationState(kind.value), now
    quotation.save(update_fields=["state", "changed_at"])
    quotation.outcome = outcome
    append_event(
        inquiry=quotation.inquiry, event=Event.SETTLED, key=f"{quotation.pk}:settled", quotation=str(quotation.pk),
        number=quotation.number, version=str(quotation.current.number), kind=kind.value, name=by_name,
    )  # fmt: skip
    cancel(EXPIRE_JOB, key=str(quotation.pk))
    audit.record(
        f"inquiries.quotation_{kind.value}", subject=quotation, actor=user, fields=["state"],
        values={"name": by_name, "seller": quotation.current.author_name, "version": quotation.current.number, "via": via.value},
    )  # fmt: skip
    tell_settled(quotation=quotation, by_user=user if kind == OutcomeKind.WITHDRAWN else None)
    return outcome
