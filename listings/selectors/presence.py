"""Which colleagues have a product open now."""

from datetime import timedelta

from django.utils import timezone

from listings.models import EditorPresence
from storefronts.models import Member

LASTS = timedelta(seconds=70)
"""A window tells that it is open twice within this time."""


def list_others(*, member: Member, listing_id: int) -> list[str]:
    """The names of the other people whose window showed the product a moment ago, for a member of its company."""
    seen = EditorPresence.objects.filter(
        listing=listing_id, listing__company=member.company, seen_at__gt=timezone.now() - LASTS
    )
    return [str(row.user) for row in seen.exclude(user=member.user).select_related("user").order_by("seen_at")]
