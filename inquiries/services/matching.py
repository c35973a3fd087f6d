"""Exporters are matched with a sourcing request, and told; what an exporter does with it: answer, or decline at no cost."""

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import NotAllowed
from core.jobs import Run
from inquiries.choices import MatchState, RequestState
from inquiries.exceptions import CompanySuspendedNow, MatchAnswered, NobodyFits, RequestOver
from inquiries.models import Inquiry, Match, Request
from inquiries.rules.requests import MOST_INVITED
from inquiries.selectors.blocks import refuse_selling
from inquiries.selectors.invitations import get_invitation
from inquiries.selectors.matching import find_exporters
from inquiries.services.request_threads import open_answering_thread
from inquiries.services.telling import tell_invited
from storefronts.models import Member


def match_request(*, request: Request, most: int) -> list[Match]:
    """Keep the best exporters of a sourcing request with their points and reasons; nobody is told yet. Called in the deciding transaction.

    Raises NobodyFits when no exporter meets what is demanded.
    """
    matching = find_exporters(request=request, most=min(most, MOST_INVITED))
    if not matching.found:
        raise NobodyFits
    return Match.objects.bulk_create(
        Match(
            request=request, company_id=found.company_id, listing_id=found.listing_id, rank=rank, score=found.score,
            reasons=list(found.reasons),
        )
        for rank, found in enumerate(matching.found, start=1)
    )  # fmt: skip


def tell_matched(*, run: Run, request_id: str) -> None:
    """The time to undo the officer's decision is over: tell the matched exporters; called by a job, and each is told once."""
    with run.effect():
        request = Request.objects.select_for_update().filter(pk=request_id, state=RequestState.OPEN).first()
        if request is None:
            return
        for match in request.matches.filter(told_at=None).select_related("company", "request"):
            match.told_at = timezone.now()
            match.save(update_fields=["told_at"])
            tell_invited(match=match)


@transaction.atomic
def answer_request(*, member: Member, match_id: int) -> Inquiry:
    """Open the thread in which the company quotes; the second of two colleagues comes to the same one. May: members who may edit.

    Raises NotFound for requests that the company was not asked, NotAllowed, CompanySuspendedNow, RequestOver, BlockedByYou, BuyerIsBarred.
    """
    match = _lock_invitation(member, match_id)
    if match.inquiry is not None:
        return match.inquiry
    if not member.company.is_public:
        raise CompanySuspendedNow
    if not match.request.is_open_on(timezone.localdate()):
        raise RequestOver
    refuse_selling(company_id=match.company_id, email=match.request.buyer_email, user=match.request.buyer)
    match.inquiry = open_answering_thread(match=match)
    match.state, match.answered_at = MatchState.ANSWERING, timezone.now()
    match.save(update_fields=["inquiry", "state", "answered_at"])
    audit.record("inquiries.match_answered", subject=match, actor=member.user, fields=["state"])
    return match.inquiry


@transaction.atomic
def decline_request(*, member: Member, match_id: int) -> Match:
    """Say that the company does not answer; that counts nowhere, and can be changed while the request is open. May: members who may edit.

    Raises NotFound, NotAllowed, MatchAnswered once there is a thread.
    """
    match = _lock_invitation(member, match_id)
    if match.state == MatchState.ANSWERING:
        raise MatchAnswered
    if match.state == MatchState.DECLINED:
        return match
    match.state, match.answered_at = MatchState.DECLINED, timezone.now()
    match.save(update_fields=["state", "answered_at"])
    audit.record("inquiries.match_declined", subject=match, actor=member.user, fields=["state"])
    return match


def _lock_invitation(member: Member, match_id: int) -> Match:
    """The request first, as where its buyer closes it."""
    found = get_invitation(member=member, match_id=match_id)
    if not member.can_edit:
        raise NotAllowed
    Request.objects.select_for_update().get(pk=found.request_id)
    return get_invitation(member=member, match_id=match_id, for_update=True)
