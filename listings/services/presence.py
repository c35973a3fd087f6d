"""A member's window tells that it has a product open."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from listings.exceptions import ListingNotFound
from listings.models import EditorPresence, Listing
from storefronts.models import Member

FORGOTTEN_AFTER = timedelta(hours=1)


@transaction.atomic
def note_presence(*, member: Member, listing_id: int) -> None:
    """Colleagues who open the product now read this person's name. Any member; raises ListingNotFound for other companies' products."""
    listing = Listing.objects.filter(pk=listing_id, company=member.company).first()
    if listing is None:
        raise ListingNotFound
    now = timezone.now()
    EditorPresence.objects.filter(listing=listing, seen_at__lt=now - FORGOTTEN_AFTER).delete()
    EditorPresence.objects.update_or_create(listing=listing, user=member.user, defaults={"seen_at": now})
