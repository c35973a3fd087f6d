"""What an exporter states of documents that markets ask for."""

from django.db import transaction
from django.utils import timezone

from certifications.models import Requirement
from core.audit import record
from core.errors import NotFound
from listings.models import RequirementAnswer
from listings.services.revisions import lock_listing
from storefronts.models import Member


@transaction.atomic
def answer_requirement(*, member: Member, listing_id: int, requirement_key: str, has_it: bool) -> RequirementAnswer:
    """Keep whether the company has a document for a listing; owners and editors may. It is shown as stated, never as met.

    Raises NotFound for a key that asks for no document (a certificate is shown, not stated), and what `lock_listing` raises.
    """
    listing = lock_listing(member=member, listing_id=listing_id)
    requirement = Requirement.objects.active().filter(key=requirement_key, scheme=None).first()
    if requirement is None:
        raise NotFound
    answer, _is_new = RequirementAnswer.objects.update_or_create(
        listing=listing,
        requirement=requirement,
        defaults={"has_it": has_it, "by": member.user, "at": timezone.now()},
    )
    record("listings.requirement_answered", subject=listing, actor=member.user, fields=["has_it"])
    return answer
