"""What waits for officers: products changed after approval, and cases that came in over the last days."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from listings.models import Listing
from listings.rules.prices import Break
from listings.rules.states import make_version
from listings.services.drafts import BASICS, OFFER, save_basics, save_offer
from listings.services.submission import submit_revision
from moderation.models import Case
from moderation.rules import get_due_time
from storefronts.choices import Role
from storefronts.models import Company, Member

HOURS_BETWEEN_CASES = 5
HOURS_SINCE_NEWEST = 2


def change_live_products(count: int) -> None:
    """So many companies raise their prices steeply and reword a title: both wait, and buyers go on seeing the approved version."""
    public = Listing.objects.live().filter(live_revision__price_breaks__isnull=False).distinct()
    for company in Company.objects.public().order_by("pk")[:count]:
        listing = public.filter(company=company).order_by("pk").first()
        if listing:
            _change(listing, Member.objects.select_related("company", "user").get(company=company, role=Role.OWNER))


def _change(listing: Listing, member: Member) -> None:
    live = listing.live_revision
    if live is None:
        return
    basics = {name: getattr(live, name) for name in BASICS} | {"title": f"{live.title}, new harvest"[:120]}
    offer = {name: getattr(live, name) for name in OFFER}
    breaks = [
        Break(row.minimum_quantity, (row.unit_price * Decimal("1.28")).quantize(Decimal("0.01")))
        for row in live.price_breaks.all()
    ]
    changed = save_basics(
        member=member, listing_id=listing.pk, version=make_version(live.pk, live.edit_count), values=basics
    )
    save_offer(
        member=member,
        listing_id=listing.pk,
        version=make_version(changed.pk, changed.edit_count),
        values=offer,
        breaks=breaks,
    )
    submit_revision(member=member, listing_id=listing.pk)


def spread_waiting_cases() -> None:
    """Let the open cases have come in one after the other, the oldest about three days ago."""
    now = timezone.now()
    for number, case in enumerate(Case.objects.open().order_by("-pk")):
        case.opened_at = now - timedelta(
            hours=HOURS_SINCE_NEWEST + number * HOURS_BETWEEN_CASES, minutes=17 * number % 60
        )
        case.due_at = get_due_time(case.opened_at)
        case.save(update_fields=["opened_at", "due_at"])


def spread_verifications() -> None:
    """Let companies have been verified over the last months, so that not all are new today."""
    for number, company in enumerate(Company.objects.public().order_by("pk")):
        Company.objects.filter(pk=company.pk).update(
            verified_at=timezone.now() - timedelta(days=(number * 13) % 150 + 1)
        )
