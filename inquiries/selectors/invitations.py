"""Sourcing requests as a matched exporter reads them: the list in the workspace, and one with its lines and reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from core.errors import NotFound
from inquiries.choices import MatchState
from inquiries.models import Match
from inquiries.selectors.match_words import Told, tell_reasons
from inquiries.selectors.request_words import LineInWords, describe_lines
from inquiries.selectors.requests import RequestFileShown, list_facts, list_files
from storefronts.models import Member
from storefronts.selectors.dashboard import Fact


@dataclass(frozen=True)
class InvitationPage:
    """A request that the company was asked to answer; `is_open` says whether it still can."""

    match: Match
    lines: Sequence[LineInWords]
    facts: Sequence[Fact]
    files: Sequence[RequestFileShown]
    reasons: Sequence[Told]
    domain: str
    is_open: bool
    can_decline: bool


def list_invitations(*, member: Member) -> QuerySet[Match]:
    """Requests that the company was asked to answer, the newest first."""
    rows = Match.objects.told().filter(company_id=member.company_id).select_related("request", "inquiry")
    return rows.order_by("-told_at", "-pk")


def count_invitations(*, member: Member) -> int:
    """How many open requests wait for the company's word. One query."""
    today = timezone.localdate()
    return Match.objects.waiting().filter(company_id=member.company_id, request__closes_on__gte=today).count()


def get_invitation(*, member: Member, match_id: int, for_update: bool = False) -> Match:
    """One of them; raises NotFound for what the company was not asked, or not told yet."""
    rows = Match.objects.told().filter(company_id=member.company_id, pk=match_id)
    rows = rows.select_related("request", "company", "inquiry", "listing")
    found = (rows.select_for_update(of=("self",)) if for_update else rows).first()
    if found is None:
        raise NotFound
    return found


def get_invitation_page(*, member: Member, match_id: int) -> InvitationPage:
    """All of one. Five queries."""
    match = get_invitation(member=member, match_id=match_id)
    request, is_open = match.request, match.request.is_open_on(timezone.localdate())
    return InvitationPage(
        match=match, lines=describe_lines(lines=list(request.lines.select_related("listing__company"))), facts=list_facts(request=request),
        files=list_files(request=request), reasons=tell_reasons(reasons=match.reasons), domain=request.buyer_email.rpartition("@")[2],
        is_open=is_open, can_decline=is_open and match.state == MatchState.INVITED,
    )  # fmt: skip
