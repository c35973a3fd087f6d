"""The certificates that buyers see beside a listing: on its page, on cards, in the search index, in the API."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certifications.models import Certificate, Scheme
from core.kept import Kept
from listings.models import CertificateCoverage
from storefronts.choices import EvidenceLevel

MOST_ON_CARD = 3
MARK_FIELDS = tuple(
    f"certificate__{name}"
    for name in (
        "evidence_level",
        "state",
        "valid_from",
        "valid_until",
        "scheme__kind",
        "scheme__name",
        "scheme__short_name",
    )
)
_schemes: Kept[dict[str, str]] = Kept(most=1, seconds=60)


@dataclass(frozen=True)
class Marks:
    """What a card says of certificates: seals, and grey words for documents that were only seen."""

    seals: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def list_covering(*, listing_ids: Collection[int], day: date) -> dict[int, list[Certificate]]:
    """Per listing what is verified, valid on the day and covers it, the best checked first; one query for any number."""
    rows = _find_covering(listing_ids, day)
    return _gather(rows.select_related("certificate__scheme", "certificate__issuer", "certificate__company"))


def list_marks(*, listing_ids: Collection[int], day: date) -> dict[int, Marks]:
    """Per listing what its card says of certificates; one query that reads nothing else of them."""
    rows = _find_covering(listing_ids, day).select_related("certificate__scheme").only("listing_id", *MARK_FIELDS)
    return {pk: make_marks(certificates=certificates, day=day) for pk, certificates in _gather(rows).items()}


def _find_covering(listing_ids: Collection[int], day: date) -> QuerySet[CertificateCoverage]:
    return (
        CertificateCoverage.objects.shown_on(day)
        .filter(listing_id__in=listing_ids)
        .order_by("-certificate__evidence_level", "certificate__scheme__name", "certificate_id")
    )


def _gather(rows: Iterable[CertificateCoverage]) -> dict[int, list[Certificate]]:
    found: dict[int, list[Certificate]] = {}
    for row in rows:
        found.setdefault(row.listing_id, []).append(row.certificate)
    return found


def list_search_schemes() -> dict[str, str]:
    """Code and short name of the schemes that the catalogue is filtered by; asked of the database once a minute."""
    schemes = Scheme.objects.active().badges().only("code", "name", "short_name")
    return _schemes.remember("all", lambda: {scheme.code: scheme.label for scheme in schemes})


def make_marks(*, certificates: Iterable[Certificate], day: date) -> Marks:
    """At most three marks, each scheme once: seals first."""
    seals, tags = [], []
    seen: set[int] = set()
    for certificate in certificates:
        if certificate.scheme_id in seen:
            continue
        seen.add(certificate.scheme_id)
        if certificate.shows_seal_on(day):
            seals.append(certificate.scheme.label)
        elif certificate.evidence_level == EvidenceLevel.DOCUMENT_SEEN:
            tags.append(_("%(name)s: document seen") % {"name": certificate.scheme.label})
    return Marks(tuple(seals[:MOST_ON_CARD]), tuple(tags[: max(0, MOST_ON_CARD - len(seals))]))
