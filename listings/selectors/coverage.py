"""Which certificates stand over a listing, from the exporter's side and from the certificate's."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certifications.choices import CertificateState
from certifications.models import Certificate, Scheme
from certifications.registry import CoveredProduct
from certifications.rules.scope import ProductFacts, judge_product
from certifications.selectors.fit import get_scope
from listings.choices import CoverageResult, RevisionState
from listings.models import CertificateCoverage, CoverageQuerySet, Listing, ListingRevision
from listings.selectors.words import translate_name
from storefronts.models import Member

KINDS = {"pass": "ok", "fail": "bad", "unknown": "info"}
CLAIMABLE = (CertificateState.DRAFT, CertificateState.SUBMITTED, CertificateState.VERIFIED)


@dataclass(frozen=True)
class CoverageChoice:
    """A certificate that the exporter may put over a product, with what the rules and the officers say of that."""

    public_id: str
    name: str
    number: str
    state: str
    state_label: str
    until: str
    is_chosen: bool
    is_refused: bool
    kind: str
    label: str
    reason: str
    edit_url: str


def list_claimable(*, company_id: int) -> QuerySet[Certificate]:
    """The company's certificates that may cover a product: none that was refused, revoked or taken back, and no shipment's document."""
    rows = Certificate.objects.filter(company_id=company_id, state__in=CLAIMABLE, scheme__in=Scheme.objects.badges())
    return rows.select_related("scheme", "issuer").order_by("scheme__name", "-valid_until", "pk")


def find_judged_revision(*, listing: Listing) -> ListingRevision | None:
    """What a certificate must cover: the live revision, or the newest where none is live; reads revisions that were prefetched."""
    if listing.live_revision is not None:
        return listing.live_revision
    standing = [one for one in listing.revisions.all() if one.state != RevisionState.SUPERSEDED]
    return max(standing, key=lambda revision: revision.number, default=None)


def read_product(*, revision: ListingRevision | None) -> ProductFacts:
    """A product as the rules of scope read it: its HS code, its name, and that of its category in every language."""
    if revision is None:
        return ProductFacts("", ())
    category = translate_name(name=revision.category.name) if revision.category else []
    return ProductFacts(revision.hs_code, (revision.title, *category))


def judge_row(*, row: CertificateCoverage, revision: ListingRevision | None) -> None:
    """Write into a row what the rules say now, unsaved."""
    product = read_product(revision=revision)
    tick = judge_product(get_scope(certificate=row.certificate), product)
    row.write_tick(result=tick.result, sentence=tick.sentence, values=tick.values, hs_code=product.hs_code)


def list_choices(*, member: Member, listing: Listing) -> list[CoverageChoice]:
    """What the company has for this product, judged as both stand now."""
    chosen = {row.certificate_id: row for row in listing.coverages.all()}
    revision = find_judged_revision(listing=listing)
    choices = []
    for certificate in list_claimable(company_id=listing.company_id):
        row = chosen.get(certificate.pk) or CertificateCoverage()
        row.listing, row.certificate = listing, certificate
        judge_row(row=row, revision=revision)
        choices.append(_make_choice(row, member))
    return choices


def list_covered_products(*, certificate_id: int) -> list[CoveredProduct]:
    """The products that the exporter puts under a certificate, judged as both stand now; two queries. Fills certifications' registry."""
    return [_make_product(row) for row in list_rows(certificate_id=certificate_id)]


def list_covered_facts(*, certificate_id: int) -> list[tuple[str, ProductFacts]]:
    """The same products as plain values, but those that an officer has refused. Fills certifications' registry."""
    revisions = [
        find_judged_revision(listing=row.listing)
        for row in list_rows(certificate_id=certificate_id).filter(refused_at=None)
    ]
    return [(revision.title, read_product(revision=revision)) for revision in revisions if revision is not None]


def list_open_claims(*, claims: QuerySet[CertificateCoverage]) -> QuerySet[CertificateCoverage]:
    """Those over verified certificates that the rules do not agree with and no officer has decided about."""
    undecided = claims.filter(certificate__state=CertificateState.VERIFIED, confirmed_at=None, refused_at=None)
    return undecided.exclude(result=CoverageResult.PASS)


def list_rows(*, certificate_id: int) -> CoverageQuerySet:
    """The claims that stand on a certificate, with all that judging them reads."""
    revisions = ListingRevision.objects.select_related("category").defer("description")
    rows = CertificateCoverage.objects.filter(certificate_id=certificate_id).order_by("pk")
    rows = rows.select_related("certificate__scheme", "listing__live_revision__category")
    return rows.prefetch_related(Prefetch("listing__revisions", queryset=revisions))


def _make_product(row: CertificateCoverage) -> CoveredProduct:
    listing = row.listing
    revision = find_judged_revision(listing=listing)
    judge_row(row=row, revision=revision)
    return CoveredProduct(
        id=listing.pk,
        title=revision.title if revision else str(listing),
        url=listing.get_absolute_url() if listing.live_revision_id else "",
        result=row.result,
        sentence=row.reason,
        counts=row.counts,
        is_confirmed=row.is_confirmed,
    )


def _make_choice(row: CertificateCoverage, member: Member) -> CoverageChoice:
    certificate = row.certificate
    until = certificate.valid_until
    return CoverageChoice(
        public_id=certificate.public_id,
        name=certificate.scheme.name,
        number=certificate.number,
        state=certificate.state,
        state_label=certificate.get_state_display(),
        until=date_format(until, "j M Y") if until else "",
        is_chosen=row.pk is not None,
        is_refused=row.refused_at is not None,
        kind=_find_kind(row),
        label=_name_result(row),
        reason=row.reason,
        edit_url=reverse("certificates:edit", args=[member.company.slug, certificate.public_id]),
    )


def _find_kind(row: CertificateCoverage) -> str:
    if row.refused_at is not None:
        return "bad"
    return "ok" if row.is_confirmed else KINDS[row.result]


def _name_result(row: CertificateCoverage) -> str:
    """An officer's word stands above that of the rules."""
    if row.refused_at is not None:
        return _("An officer said that it does not cover this product")
    if row.is_confirmed:
        return _("An officer said that it covers this product")
    return str(CoverageResult(row.result).label)
