"""A quotation's draft: there is one, it is written anew as a whole, and two people never overwrite one another."""

from django.utils import timezone

from inquiries.exceptions import DraftChanged, NothingToSend
from inquiries.models import PrivateFloor, Quotation, QuotationLine, QuotationVersion, RequestLine
from inquiries.rules.messages import clean_name, clean_text
from inquiries.rules.quotations import Terms, total_up
from inquiries.selectors.freight import still_stands
from inquiries.selectors.quotations import find_draft_version


def get_draft(*, quotation: Quotation) -> QuotationVersion:
    """The draft. Raises NothingToSend where there is none."""
    draft = find_draft_version(quotation=quotation)
    if draft is None:
        raise NothingToSend
    return draft


def refuse_crossing(*, quotation: Quotation, draft: QuotationVersion, edit_number: int) -> None:
    """Raise DraftChanged where a colleague has saved since the draft was opened under this number."""
    if quotation.edit_number != edit_number:
        raise DraftChanged(name=draft.author_name)


def touch(*, quotation: Quotation) -> None:
    """The draft was saved: whoever has it open now would overwrite something."""
    quotation.edit_number += 1
    quotation.changed_at = timezone.now()
    quotation.save(update_fields=["edit_number", "changed_at"])


def write_draft(*, draft: QuotationVersion, terms: Terms) -> None:
    """The draft says exactly this: its lines are written anew, each with its private floor; a frozen quote stays while the lines say the same."""
    draft.currency, draft.incoterm, draft.lead_time_days = terms.currency, terms.incoterm, terms.lead_time_days
    draft.named_place, draft.payment_terms = clean_name(terms.named_place)[:80], clean_name(terms.payment_terms)[:300]
    draft.valid_until, draft.documents = terms.valid_until, clean_name(terms.documents)[:300]
    draft.notes = clean_text(terms.notes, has_files=True)[:3000]
    if draft.freight and not still_stands(snapshot=draft.freight, quotation=draft.quotation, terms=terms):
        draft.freight = None
    draft.save()
    _write_lines(draft, terms)


def _write_lines(draft: QuotationVersion, terms: Terms) -> None:
    draft.lines.all().delete()
    answerable = _list_answerable(draft, terms)
    amounts = total_up(lines=terms.lines, currency=terms.currency or "USD").amounts
    for position, (line, amount) in enumerate(zip(terms.lines, amounts, strict=True), start=1):
        row = QuotationLine.objects.create(
            version=draft, position=position, kind=line.kind, listing_id=line.listing_id, description=clean_name(line.description)[:200],
            detail=clean_name(line.detail)[:300], quantity=line.quantity, unit=line.unit, unit_price=line.unit_price, amount=amount.amount,
            request_line_id=line.request_line_id if line.request_line_id in answerable else None,
        )  # fmt: skip
        if line.floor is not None:
            PrivateFloor.objects.create(line=row, unit_price=line.floor)


def _list_answerable(draft: QuotationVersion, terms: Terms) -> set[int]:
    """The lines of the thread's own request among those that are named."""
    named = [line.request_line_id for line in terms.lines if line.request_line_id is not None]
    if not named:
        return set()
    own = RequestLine.objects.filter(request=draft.quotation.inquiry.request_id, pk__in=named)
    return set(own.values_list("pk", flat=True))
