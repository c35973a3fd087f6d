"""The team page: people, open invitations, the offer of ownership and what was done last."""

from collections.abc import Sequence
from dataclasses import dataclass

from storefronts.models import Invitation, Member, OwnershipOffer
from storefronts.selectors.activity import ActivityLine, list_activity, tell_activity
from storefronts.selectors.members import list_open_invitations, list_team
from storefronts.selectors.ownership import find_open_offer

LATEST = 6


@dataclass(frozen=True)
class Team:
    """What somebody of the company may see and do there; `lines` for owners and editors, `invitations` for owners."""

    people: Sequence[Member]
    invitations: Sequence[Invitation]
    offer: OwnershipOffer | None
    is_offered_to_me: bool
    lines: Sequence[ActivityLine]
    can_say_alone: bool


def get_team(*, member: Member) -> Team:
    """The team as this member sees it; the same number of queries however large it is."""
    company = member.company
    people, offer = list(list_team(company=company)), find_open_offer(company=company)
    invitations = list(list_open_invitations(company=company)) if member.can_manage_team else []
    entries = list(list_activity(company=company)[:LATEST]) if member.can_edit else []
    is_by_oneself = len(people) == 1 and not invitations and not company.works_alone
    return Team(
        people=people,
        invitations=invitations,
        offer=offer,
        is_offered_to_me=offer is not None and offer.offered_to_id == member.user_id,
        lines=tell_activity(company=company, entries=entries),
        can_say_alone=member.can_manage_team and is_by_oneself,
    )
