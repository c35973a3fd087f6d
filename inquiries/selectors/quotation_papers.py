"""The paper of a quotation: one version of it with both parties, for the PDF and the API."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from core.errors import NotFound
from core.money import Money
from inquiries.choices import OutcomeKind
from inquiries.models import Inquiry, Quotation, QuotationLine, QuotationVersion
from inquiries.rules.messages import Reader
from inquiries.rules.quotation_papers import Paper, PaperKind, PaperLine, Party
from inquiries.selectors.quotations import list_versions
from storefronts.models import Company

LISTED = 25


def build_paper(*, quotation: Quotation, kind: PaperKind, number: int | None = None) -> Paper:
    """The current version, or the one of that number, as a paper, with parties and products as they were when it was sent.

    A pro forma is of what was accepted.

    Raises NotFound for a version that was never sent, and for the pro forma of what nobody accepted. Four queries.
    """
    outcome = getattr(quotation, "outcome", None)
    accepted = outcome if outcome is not None and outcome.kind == OutcomeKind.ACCEPTED else None
    versions = {version.number: version for version in list_versions(quotation=quotation)}
    if not versions or (kind == "pro_forma" and accepted is None):
        raise NotFound
    wanted = number or (quotation.current.number if quotation.current else 0)
    version = versions.get(wanted)
    if version is None or version.sent_at is None or version.valid_until is None:
        raise NotFound
    version.quotation = quotation
    seller, buyer, destination = _read_parties(version)
    made = accepted.at if kind == "pro_forma" and accepted else version.sent_at
    return Paper(
        kind=kind, number=quotation.number, version=version.number, language=version.language, made_on=timezone.localtime(made).date(),
        valid_until=version.valid_until, seller=seller, buyer=buyer, destination=destination, lines=tuple(_describe_lines(version, quotation.company)),
        total=_write(version.total, version.currency), incoterm=version.incoterm, named_place=version.named_place,
        payment_terms=version.payment_terms, lead_time_days=version.lead_time_days or 0, documents=version.documents,
        notes=version.notes, state=quotation.state if quotation.current_id == version.pk else "superseded",
        accepted_by=accepted.by_name if accepted else "", accepted_at=accepted.at if accepted else None,
    )  # fmt: skip


def list_papers_of(*, reader: Reader) -> Iterable[Paper]:
    """The current versions of the 25 liveliest quotations that were sent and that this reader may see. Five queries for each."""
    rows = Quotation.objects.visible_to(reader).exclude(current=None).order_by("-changed_at", "pk")
    for quotation in rows.select_related("current", "company", "inquiry", "outcome")[:LISTED]:
        yield build_paper(quotation=quotation, kind="quotation")


def _read_parties(version: QuotationVersion) -> tuple[Party, Party, str]:
    """Seller, buyer and destination; of a version that was sent before they were kept, those of today."""
    frozen, inquiry = version.parties, version.quotation.inquiry
    if not frozen:
        return describe_seller(version=version), describe_buyer(inquiry=inquiry), inquiry.destination
    return _read_party(frozen["seller"]), _read_party(frozen["buyer"]), frozen["destination"]


def describe_seller(*, version: QuotationVersion) -> Party:
    """The seller as the company's own page says it today."""
    company = version.quotation.company
    lines = (company.city, company.region, company.registration_number)
    return Party(company.legal_name, version.author_name, tuple(line for line in lines if line), company.country)


def describe_buyer(*, inquiry: Inquiry) -> Party:
    """The buyer as the thread says it today."""
    return Party(inquiry.buyer_organisation, inquiry.buyer_name, (), inquiry.buyer_country)


def describe_goods(*, line: QuotationLine, company: Company) -> tuple[str, str]:
    """HS code and origin of a line's product as its page says them today; "" for what is no product."""
    revision = line.listing.live_revision if line.listing else None
    return (revision.hs_code, revision.origin_country or company.country) if revision else ("", "")


def _read_party(frozen: Mapping[str, Any]) -> Party:
    return Party(**{**frozen, "lines": tuple(frozen["lines"])})


def _describe_lines(version: QuotationVersion, company: Company) -> Iterable[PaperLine]:
    for line in version.lines.all():
        if line.quantity is None or line.unit_price is None:
            raise AssertionError("a sent line has its figures")
        hs_code, origin = (line.hs_code, line.origin) if version.parties else describe_goods(line=line, company=company)
        yield PaperLine(
            kind=line.kind, description=line.description, detail=line.detail, quantity=line.quantity, unit=line.unit,
            unit_price=Money(line.unit_price, version.currency), amount=_write(line.amount, version.currency), hs_code=hs_code, origin=origin,
        )  # fmt: skip


def _write(amount: object, currency: str) -> Money:
    return Money(amount, currency).round_minor()  # type: ignore[arg-type]  # a sent version has its total
