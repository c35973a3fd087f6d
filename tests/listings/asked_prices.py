"""Products with old prices, and the nights that ask about them."""

from datetime import timedelta

from django.utils import timezone

from core import jobs
from core.models import OutboxMail
from listings.models import Listing
from listings.services.price_dates import NIGHT_JOB
from tests.listings.factories import make_listing


def make_old(listing, *, days=90, asked=None, hidden=None):
    """Its prices were confirmed so many days ago, and asked about and put on request where that is given."""
    today = timezone.localdate()
    Listing.objects.filter(pk=listing.pk).update(
        prices_confirmed_on=today - timedelta(days=days),
        prices_asked_on=None if asked is None else today - timedelta(days=asked),
        prices_hidden_on=None if hidden is None else today - timedelta(days=hidden),
    )
    listing.refresh_from_db()
    return listing


def make_old_listing(*, days=90, asked=None, hidden=None, **fields):
    return make_old(make_listing(**fields), days=days, asked=asked, hidden=hidden)


def live_through(days=0, *, again=""):
    """The night of a day from now on; `again` makes it a second run of the same night."""
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    jobs.enqueue(NIGHT_JOB, key=f"{day}{again}", day=day)
    jobs.run_due_jobs()


def find_link(address):
    """The path of the newest mailed link to somebody."""
    mail = OutboxMail.objects.filter(recipient=address).latest("pk")
    return "/prices/" + mail.text.partition("/prices/")[2].split()[0]


def dates(listing):
    """Days since confirmed, asked, hidden; None where never."""
    listing.refresh_from_db()
    today = timezone.localdate()
    found = (listing.prices_confirmed_on, listing.prices_asked_on, listing.prices_hidden_on)
    return tuple(None if day is None else (today - day).days for day in found)
