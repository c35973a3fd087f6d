"""Which certificates cover a product: chosen by the exporter, judged by the rules, confirmed or refused by officers."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from certifications.exceptions import TiedOfficer
from certifications.models import Certificate
from core.audit import record
from core.errors import NotAllowed, NotFound
from listings.choices import ListingState
from listings.exceptions import ListingArchived
from listings.models import CertificateCoverage, Listing
from listings.selectors.coverage import find_judged_revision, judge_row, list_claimable, list_rows
from listings.services.changes import note_change
from listings.services.revisions import lock_listing
from storefronts.models import Member

JUDGED = ("result", "sentence", "values", "basis")
CONFIRMED = ("confirmed_by", "confirmed_at", "confirmed_basis", "refused_by", "refused_at")


@transaction.atomic
def cover_listing(*, member: Member, listing_id: int, certificate_public_ids: Collection[str]) -> Listing:
    """Let exactly these certificates of the company cover a listing, as its owners and editors say; the rules judge each.

    What an officer refused stays refused, and what was revoked or taken back stays where it is.
    Raises NotFound for an id that is not among the company's usable certificates, ListingArchived, and what `lock_listing` raises.
    """
    usable = _lock_usable(member)
    if set(certificate_public_ids) - {certificate.public_id for certificate in usable}:
        raise NotFound
    listing = lock_listing(member=member, listing_id=listing_id)
    if listing.state == ListingState.ARCHIVED:
        raise ListingArchived
    wanted = {certificate.pk for certificate in usable if certificate.public_id in certificate_public_ids}
    given_up = {certificate.pk for certificate in usable} - wanted
    dropped, _rows = listing.coverages.filter(certificate_id__in=given_up, refused_at=None).delete()
    known = set(listing.coverages.values_list("certificate_id", flat=True))
    added = [certificate for certificate in usable if certificate.pk in wanted - known]
    for certificate in added:
        row = CertificateCoverage(
            listing=listing, certificate=certificate, claimed_by=member.user, claimed_at=timezone.now()
        )
        judge_row(row=row, revision=find_judged_revision(listing=row.listing))
        row.save()
    if added or dropped:
        record("listings.certificates_chosen", subject=listing, actor=member.user, fields=["coverages"])
        note_change(listing_id=listing.pk)
    return listing


def follow_listing(*, listing: Listing) -> None:
    """Judge every certificate of a listing again, in the transaction in which another revision becomes the one buyers see."""
    _judge_again(listing.coverages.select_for_update(of=("self",)).select_related("certificate__scheme"), listing)


def follow_certificate(*, certificate_id: int) -> None:
    """Judge a changed certificate for every product under it, and index those again. Fills certifications' change hook."""
    for listing_id in _judge_again(list_rows(certificate_id=certificate_id).select_for_update(of=("self",))):
        note_change(listing_id=listing_id)


def confirm_products(*, officer: User, certificate_id: int, product_ids: Collection[int]) -> None:
    """Make exactly these products of a certificate count and refuse its others, in the caller's transaction.

    Fills certifications' registry: an officer has decided about the certificate.
    """
    for row in list_rows(certificate_id=certificate_id).select_for_update(of=("self",)):
        _write_word(row, officer, covers=row.listing_id in product_ids)


def take_over_products(*, member: Member, certificate_id: int, replaces_id: int) -> None:
    """The next certificate is claimed for the products of the one that it replaces, but for refused ones, and judged anew.

    Fills certifications' registry: the exporter has begun it.
    """
    for before in (
        list_rows(certificate_id=replaces_id).filter(refused_at=None).exclude(listing__state=ListingState.ARCHIVED)
    ):
        row = CertificateCoverage(
            listing=before.listing, certificate_id=certificate_id, claimed_by=member.user, claimed_at=timezone.now()
        )
        judge_row(row=row, revision=find_judged_revision(listing=row.listing))
        row.save()


@transaction.atomic
def confirm_claim(*, officer: User, claim_id: int) -> CertificateCoverage:
    """An officer says that a certificate covers a product, whatever the rules say. Raises NotAllowed, NotFound."""
    return _decide_claim(officer, claim_id, covers=True)


@transaction.atomic
def refuse_claim(*, officer: User, claim_id: int) -> CertificateCoverage:
    """An officer says that a certificate does not cover a product: buyers no longer see it there. Raises NotAllowed, NotFound."""
    return _decide_claim(officer, claim_id, covers=False)


def _decide_claim(officer: User, claim_id: int, *, covers: bool) -> CertificateCoverage:
    """The certificate is locked first, as everywhere."""
    if not officer.is_officer:
        raise NotAllowed
    certificate = Certificate.objects.select_for_update(no_key=True).filter(coverages=claim_id).first()
    if certificate is None:
        raise NotFound
    if certificate.company.members.filter(user=officer).exists():
        raise TiedOfficer
    row = list_rows(certificate_id=certificate.pk).select_for_update(of=("self",)).get(pk=claim_id)
    _write_word(row, officer, covers=covers)
    record("listings.coverage_decided", subject=row.listing, actor=officer, fields=["confirmed_at", "refused_at"])
    return row


def _write_word(row: CertificateCoverage, officer: User, *, covers: bool) -> None:
    now = timezone.now()
    judge_row(row=row, revision=find_judged_revision(listing=row.listing))
    row.confirmed_by, row.confirmed_at = (officer, now) if covers else (None, None)
    row.confirmed_basis = row.basis if covers else ""
    row.refused_by, row.refused_at = (None, None) if covers else (officer, now)
    row.save(update_fields=[*JUDGED, *CONFIRMED])
    note_change(listing_id=row.listing_id)


def _lock_usable(member: Member) -> list[Certificate]:
    """Certificates are locked before listings, as officers' decisions lock them."""
    return list(list_claimable(company_id=member.company_id).select_for_update(of=("self",), no_key=True))


def _judge_again(rows: Iterable[CertificateCoverage], listing: Listing | None = None) -> list[int]:
    judged = []
    for row in rows:
        if listing is not None:
            row.listing = listing
        judge_row(row=row, revision=find_judged_revision(listing=row.listing))
        row.save(update_fields=JUDGED)
        judged.append(row.listing_id)
    return judged
