"""An officer lets a sourcing request go to matched exporters or rejects it; within the time to undo, nobody has heard of it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.jobs import cancel, enqueue
from inquiries.choices import RequestState
from inquiries.exceptions import OnlySentOrRejected, RequestOver
from inquiries.models import Request
from inquiries.rules.requests import USUAL_INVITED, find_last_day
from inquiries.selectors.requests import build_request_link
from inquiries.services.matching import match_request
from inquiries.services.requests import EXPIRE_JOB, INVITE_JOB, plan_end
from moderation.choices import Outcome
from moderation.models import Case, Decision
from moderation.rules import Recipient, Ruling
from moderation.services import record_decision, record_undo


@transaction.atomic
def decide_request(*, case: Case, officer: User, ruling: Ruling) -> Decision:
    """Send a sourcing request to at most `ruling.details["most"]` matched exporters, or reject it with a reason.

    The exporters are chosen now and told when the time to undo is over. Raises OnlySentOrRejected, NobodyFits, RequestOver, and what
    `record_decision` raises.
    """
    if ruling.outcome == Outcome.CHANGES:
        raise OnlySentOrRejected
    request = Request.objects.select_for_update().get(pk=case.subject_id)
    decision = record_decision(
        case=case, officer=officer, ruling=ruling, subject_title=request.title, url=build_request_link(request=request),
        recipients=[Recipient(request.buyer_email, request.buyer_name, request.buyer_language)], template="request_decided",
    )  # fmt: skip
    today = timezone.localdate()
    if request.state != RequestState.WAITING:
        raise RequestOver
    request.state, request.decided_at = RequestState.REJECTED, decision.decided_at
    if ruling.outcome == Outcome.APPROVE:
        if request.needed_by is not None and request.needed_by <= today:
            raise RequestOver
        match_request(request=request, most=ruling.details.get("most") or USUAL_INVITED)
        request.state = RequestState.OPEN
        request.closes_on = find_last_day(today=today, needed_by=request.needed_by)
        enqueue(INVITE_JOB, key=str(request.pk), due_at=decision.undo_until, request_id=str(request.pk))
        plan_end(request=request)
    request.save(update_fields=["state", "decided_at", "closes_on"])
    return decision


@transaction.atomic
def undo_request_decision(*, decision: Decision, officer: User) -> None:
    """The request waits again and the chosen exporters are forgotten; none was told. Raises RequestOver when its buyer closed it, and what `record_undo` raises."""
    request = Request.objects.select_for_update().get(pk=decision.case.subject_id)
    record_undo(decision=decision, officer=officer)
    if request.state not in {RequestState.OPEN, RequestState.REJECTED} or request.matches.told().exists():
        raise RequestOver
    request.matches.all().delete()
    request.state, request.decided_at, request.closes_on = RequestState.WAITING, None, None
    request.save(update_fields=["state", "decided_at", "closes_on"])
    cancel(INVITE_JOB, key=str(request.pk))
    cancel(EXPIRE_JOB, key=str(request.pk))
