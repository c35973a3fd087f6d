"""Answers to a request side by side: the current quotation of each exporter, on one basis, what differs first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.money import Money
from inquiries.choices import LineKind, QuotationState
from inquiries.models import Quotation, QuotationLine, QuotationVersion, Request, RequestLine
from inquiries.selectors.quotation_pages import STATE_KINDS, list_terms, name_state, write_money
from listings.selectors.words import format_quantity
from reference.rules import Rates
from reference.selectors import get_rates
from shipping.rules.incoterms import holds_carriage

CARRIAGE = frozenset({LineKind.FREIGHT, LineKind.INSURANCE})


@dataclass(frozen=True)
class Answer:
    """One exporter's quotation: a column of the table. `answered` counts the lines of the request that it has a price for.

    `stands`: it can be accepted, or was; else it is withdrawn, declined or over.
    """

    quotation: Quotation
    version: QuotationVersion
    answered: int
    state_label: str
    state_kind: str
    stands: bool


@dataclass(frozen=True)
class AnswerRow:
    """One row: a value for each answer, "" where the quotation does not say; `is_same` when all say the same."""

    label: str
    values: tuple[str, ...]
    is_same: bool


@dataclass(frozen=True)
class AnswerTable:
    """Answers side by side. `note` says what the common basis leaves out."""

    answers: Sequence[Answer]
    rows: Sequence[AnswerRow]
    note: str


def compare_answers(*, request: Request) -> AnswerTable:
    """The current quotations in the request's threads; rows that differ stand on top. Five queries.

    What can be accepted, or is, comes first; then those of most lines, then the cheapest goods. The one basis that quotations have is
    the goods without carriage: freight and insurance are taken off, and where currencies differ it is told in the first one's, at a
    rate of the last seven days, for information. What is not known stays empty: so does the basis where carriage is in the price.
    """
    lines = list(request.lines.all())
    answers = _list_answers(request, lines)
    rates, currency = get_rates(day=timezone.localdate()), answers[0].version.currency if answers else ""

    def rank(answer: Answer) -> tuple[bool, int, Decimal]:
        goods = _convert_goods(answer.version, rates, currency)
        return not answer.stands, -answer.answered, Decimal("Infinity") if goods is None else goods

    answers = sorted(answers, key=rank)
    rows = [
        _build_row(label, [tell(answer.version) for answer in answers])
        for label, tell in _list_tellers(lines, rates, currency)
    ]
    shown = [row for row in rows if any(row.values)]
    return AnswerTable(answers, sorted(shown, key=lambda row: row.is_same), _explain_basis(answers, len(lines)))


def _list_answers(request: Request, lines: Sequence[RequestLine]) -> list[Answer]:
    rows = Quotation.objects.filter(inquiry__request=request, current__isnull=False).select_related(
        "company", "current", "inquiry"
    )
    found = rows.prefetch_related("current__lines").order_by("-changed_at")
    newest: dict[int, Quotation] = {}
    for quotation in found:
        newest.setdefault(quotation.company_id, quotation)
    now = timezone.now()
    return [
        Answer(
            one, one.current, len(_match_lines(one.current, lines)), name_state(quotation=one), STATE_KINDS[QuotationState(one.state)],
            stands=one.state == QuotationState.ACCEPTED or (one.is_answerable and not one.current.is_over_at(now)),
        )
        for one in newest.values() if one.current is not None
    ]  # fmt: skip


def _list_tellers(
    lines: Sequence[RequestLine], rates: Rates, currency: str
) -> list[tuple[str, Callable[[QuotationVersion], str]]]:
    def on_one_basis(version: QuotationVersion) -> str:
        goods = _convert_goods(version, rates, currency)
        if goods is None:
            return ""
        told = write_money(amount=Money(goods, currency).round_minor().amount, currency=currency)
        return told if version.currency == currency else _("about %(amount)s") % {"amount": told}

    return [
        (_("Lines answered"), lambda version: _("%(some)d of %(all)d") % {"some": len(_match_lines(version, lines)), "all": len(lines)}),
        (_("Goods without carriage"), on_one_basis),
        (_("Total as quoted"), lambda version: write_money(amount=version.total, currency=version.currency)),
        (_("Carriage in it"), _say_carriage),
        *((fact_label, _tell_fact(place)) for place, fact_label in enumerate((_("Terms"), _("Payment"), _("Ready"), _("Documents")))),
        (_("Valid until"), lambda version: date_format(version.valid_until, "j M Y") if version.valid_until else ""),
        *((_name_line(line, lines), _tell_line(line, lines)) for line in lines),
    ]  # fmt: skip


def _tell_fact(place: int) -> Callable[[QuotationVersion], str]:
    return lambda version: str(list_terms(version=version)[place].value)


def _name_line(line: RequestLine, lines: Sequence[RequestLine]) -> str:
    """Its words, with its place where another line has the same."""
    has_twin = sum(other.description == line.description for other in lines) > 1
    return f"{line.description} ({line.position})" if has_twin else line.description


def _tell_line(line: RequestLine, lines: Sequence[RequestLine]) -> Callable[[QuotationVersion], str]:
    def tell(version: QuotationVersion) -> str:
        found = _match_lines(version, lines).get(line.pk)
        if found is None or found.quantity is None:
            return ""
        values = {
            "quantity": format_quantity(number=found.quantity, unit=found.unit),
            "price": write_money(amount=found.unit_price, currency=version.currency),
        }
        return _("%(quantity)s at %(price)s") % values

    return tell


def _match_lines(version: QuotationVersion, lines: Sequence[RequestLine]) -> dict[int, QuotationLine]:
    """The quoted line for each one that was asked for, by its number; each quoted line answers one.

    A line says what it answers. One that does not, added by hand, answers the first open line of the same words.
    """
    quoted = [line for line in version.lines.all() if line.quantity is not None and line.kind not in CARRIAGE]
    found = {line.request_line_id: line for line in reversed(quoted) if line.request_line_id is not None}
    loose = [line for line in quoted if line.request_line_id is None]
    for asked in lines:
        same = (line for line in loose if line.description.casefold() == asked.description.casefold())
        if asked.pk not in found and (match := next(same, None)) is not None:
            found[asked.pk] = match
            loose.remove(match)
    return found


def _sum_goods(version: QuotationVersion) -> Decimal:
    """Everything but freight and insurance."""
    return sum((line.amount for line in version.lines.all() if line.kind not in CARRIAGE), start=Decimal(0))


def _convert_goods(version: QuotationVersion, rates: Rates, currency: str) -> Decimal | None:
    """The goods without carriage in one currency; None where carriage is in their price, or no rate is known."""
    return None if _hides_carriage(version) else rates.convert_fresh(_sum_goods(version), version.currency, currency)


def _hides_carriage(version: QuotationVersion) -> bool:
    """The seller pays the carriage, and no line says what it costs."""
    return holds_carriage(version.incoterm) and not any(line.kind in CARRIAGE for line in version.lines.all())


def _say_carriage(version: QuotationVersion) -> str:
    if _hides_carriage(version):
        return _("In the price, not stated apart")
    carried = sum((line.amount for line in version.lines.all() if line.kind in CARRIAGE), start=Decimal(0))
    return write_money(amount=carried, currency=version.currency) if carried else _("None")


def _build_row(label: str, values: Sequence[str]) -> AnswerRow:
    return AnswerRow(label, tuple(values), len(set(values)) <= 1)


def _explain_basis(answers: Sequence[Answer], lines: int) -> str:
    told = []
    if len({answer.version.incoterm for answer in answers}) > 1:
        told.append(
            _(
                "The quotations stand on different Incoterms, so their totals do not compare. “Goods without carriage” is what they have in common; what carriage would cost under another term is not known here."
            )
        )
    if any(_hides_carriage(answer.version) for answer in answers):
        told.append(
            _("Where carriage is in the price and not stated apart, nobody here knows what the goods alone cost.")
        )
    if any(answer.answered < lines for answer in answers):
        told.append(_("Not every quotation answers every line: look at the lines before the sums."))
    return " ".join(told)
