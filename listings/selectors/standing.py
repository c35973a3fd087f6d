"""Where a listing stands among others that fit the words equally well, for officers and exporters who ask why."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from listings.models import Listing
from listings.rules.ranking import COMPLETENESS, FRESHNESS, REPLIES, VERIFICATION
from listings.search.document import weigh_listing
from listings.search.indexer import look_around
from reference.rules import Rates


@dataclass(frozen=True)
class Part:
    """A part of its merit: `reached` of 100 per cent, which counts `share` per cent of the whole."""

    label: str
    reached: int
    share: int


def list_standing(*, listing: Listing) -> list[Part]:
    """The four parts as the index would hold them now; empty for a listing that nobody can find."""
    revision = listing.live_revision
    if revision is None:
        return []
    around = look_around(listings=[listing], rates=Rates(timezone.localdate()))
    merit = weigh_listing(listing, revision, around)
    return [
        Part(_("Complete facts"), round(100 * merit.completeness), round(100 * COMPLETENESS)),
        Part(_("Checked certificates and firm"), round(100 * merit.verification), round(100 * VERIFICATION)),
        Part(_("Answers to inquiries"), round(100 * merit.replies), round(100 * REPLIES)),
        Part(_("Renewed recently"), round(100 * merit.freshness), round(100 * FRESHNESS)),
    ]
