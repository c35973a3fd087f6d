"""Twelve weeks of visits for the companies that people of the demo sign in to: slowly more, in some weeks less."""

from zlib import crc32

from django.utils import timezone

from listings.choices import TrafficKind
from listings.models import Listing
from listings.rules.traffic import PRODUCT, SEARCH, STOREFRONT, Sum, clean_words, list_weeks
from listings.services.traffic import add_counts
from storefronts.models import Company

WEEKS = 12
COUNTRIES = (("", 62), ("DE", 12), ("NL", 7), ("GB", 6), ("FR", 5), ("US", 4), ("FI", 2), ("AE", 1), ("NO", 1))
"""Of a hundred views; most visitors do not sign in."""
CHANNELS = ((TrafficKind.WHATSAPP, 9), (TrafficKind.EMAIL, 7), (TrafficKind.WEBSITE, 5), (TrafficKind.PHONE, 2))


def plant_traffic(*, companies: list[Company]) -> int:
    """Fill the weeks of every public company among these; how many sums."""
    sums: dict[Sum, int] = {}
    for company in companies:
        if company.is_public:
            sums |= _make_sums(company)
    add_counts(sums=sums)
    return len(sums)


def _make_sums(company: Company) -> dict[Sum, int]:
    weeks = list_weeks(timezone.localdate(), WEEKS)
    listings = list(Listing.objects.live().filter(company=company).select_related("live_revision").order_by("pk"))
    sums: dict[Sum, int] = {}
    for number, week in enumerate(weeks):
        share = 0.35 if number == WEEKS - 1 else 1.0  # the running week is not over
        for place, listing in enumerate(listings):
            size = int(share * (16 + 4 * number + _vary(f"{place} {number}", 14)) / (1 + place / 4))
            for country, part in COUNTRIES:
                sums[Sum(PRODUCT, company.pk, week, listing.pk, country)] = round(size * part / 100)
            if listing.live_revision:
                words = clean_words(" ".join(listing.live_revision.title.replace(",", "").split()[:2]))
                sums[Sum(SEARCH, company.pk, week, words=words)] = int(size * share / 4)
        sums |= {
            Sum(STOREFRONT, company.pk, week, country=country): int(share * (20 + 2 * number) * part / 100)
            for country, part in COUNTRIES
        }
        sums |= {
            Sum(kind.value, company.pk, week): int(share * (most + number) / 3 + _vary(f"{kind} {number}", 2))
            for kind, most in CHANNELS
        }
    return {one: times for one, times in sums.items() if times}


def _vary(seed: str, most: int) -> int:
    """A number from 0 to `most` that is the same each time."""
    return crc32(seed.encode()) % (most + 1)
