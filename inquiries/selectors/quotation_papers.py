"""The paper of a quotation: one version of it with both parties, for the PDF and the API."""

from collections.abc import Iterable

from django.utils import timezone

from core.errors import NotFound
from core.money import Money
from inquiries.choices import OutcomeKind
from inquiries.models import Inquiry, Quotation, QuotationVersion
from inquiries.rules.messages import Reader
from inquiries.rules.quotation_papers import Paper, PaperKind, PaperLine, Party
from inquiries.selectors.quotations import list_versions
from storefronts.models import Company

LISTED = 25


def build_paper(*, quotation: Quotation, kind: PaperKind, number: int | None = None) -> Paper:
    """The current version, or the one of that number, as a paper. A pro forma is of what was accepted.

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
    made = accepted.at if kind == "pro_forma" and accepted else version.sent_at
    return Paper(
        kind=kind, number=quotation.number, version=version.number, language=version.language, made_on=timezone.localtime(made).date(),
        valid_until=version.valid_until, seller=_describe_seller(quotation.company, version), buyer=_describe_buyer(quotation.inquiry),
        destination=quotation.inquiry.destination, lines=tuple(_describe_lines(version, quotation.company)),
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


def _describe_seller(company: Company, version: QuotationVersion) -> Party:
    lines = (company.city, company.region, company.registration_number)
    return Party(company.legal_name, version.author_name, tuple(line for line in lines if line), company.country)


def _describe_buyer(inquiry: Inquiry) -> Party:
    return Party(inquiry.buyer_organisation, inquiry.buyer_name, (), inquiry.buyer_country)


def _describe_lines(version: QuotationVersion, company: Company) -> Iterable[PaperLine]:
    for line in version.lines.all():
        if line.quantity is None or line.unit_price is None:
            raise AssertionError("a sent line has its figures")
        revision = line.listing.live_revision if line.listing else None
        yield PaperLine(
            kind=line.kind, description=line.description, detail=line.detail, quantity=line.quantity, unit=line.unit,
            unit_price=Money(line.unit_price, version.currency), amount=_write(line.amount, version.currency),
            hs_code=revision.hs_code if revision else "", origin=(revision.origin_country or company.country) if revision else "",
        )  # fmt: skip


def _write(amount: object, currency: str) -> Money:
    return Money(amount, currency).round_minor()  # type: ignore[arg-type]  # a sent version has its total
