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
from reference.selectors import get_rates

CARRIAGE = frozenset({LineKind.FREIGHT, LineKind.INSURANCE})
RATE_AGE_DAYS = 7


@dataclass(frozen=True)
class Answer:
    """One exporter's quotation: a column of the table. `answered` counts the lines of the request that it has a price for."""

    quotation: Quotation
    version: QuotationVersion
    answered: int
    state_label: str
    state_kind: str


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
    """The current quotations in the request's threads, those of most lines and then the cheapest goods first; rows that differ stand on top.

    Five queries.

    The one basis that every quotation has is the goods without carriage: freight and insurance are taken off, and where currencies
    differ it is told in the first one's, at a rate of the last seven days, for information. What is not known stays empty.
    """
    lines = list(request.lines.all())
    answers = _list_answers(request, lines)
    rates, currency = _Exchange(), answers[0].version.currency if answers else ""
    answers = sorted(
        answers,
        key=lambda answer: (
            -answer.answered,
            rates.convert(_sum_goods(answer.version), answer.version.currency, currency) or Decimal("Infinity"),
        ),
    )
    rows = [
        _build_row(label, [tell(answer.version) for answer in answers])
        for label, tell in _list_tellers(lines, rates, currency)
    ]
    shown = [row for row in rows if any(row.values)]
    return AnswerTable(answers, sorted(shown, key=lambda row: row.is_same), _explain_basis(answers, len(lines)))


class _Exchange:
    """Dated rates of today, read once."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.rates = get_rates(day=self.today)

    def convert(self, amount: Decimal, source: str, target: str) -> Decimal | None:
        """The amount in the other currency; None where a rate is missing or older than a week."""
        if source == target:
            return amount
        days = [self.rates.days[code] for code in (source, target) if code in self.rates.days]
        if len(days) < 2 or (self.today - min(days)).days > RATE_AGE_DAYS:
            return None
        return self.rates.convert(amount, source, target)


def _list_answers(request: Request, lines: Sequence[RequestLine]) -> list[Answer]:
    rows = Quotation.objects.filter(inquiry__request=request, current__isnull=False).select_related(
        "company", "current", "inquiry"
    )
    found = rows.prefetch_related("current__lines").order_by("-changed_at")
    newest: dict[int, Quotation] = {}
    for quotation in found:
        newest.setdefault(quotation.company_id, quotation)
    return [
        Answer(one, one.current, _count_answered(one.current, lines), name_state(quotation=one), STATE_KINDS[QuotationState(one.state)])
        for one in newest.values() if one.current is not None
    ]  # fmt: skip


def _list_tellers(
    lines: Sequence[RequestLine], rates: _Exchange, currency: str
) -> list[tuple[str, Callable[[QuotationVersion], str]]]:
    def on_one_basis(version: QuotationVersion) -> str:
        goods = rates.convert(_sum_goods(version), version.currency, currency)
        if goods is None:
            return ""
        told = write_money(amount=Money(goods, currency).round_minor().amount, currency=currency)
        return told if version.currency == currency else _("about %(amount)s") % {"amount": told}

    return [
        (_("Lines answered"), lambda version: _("%(some)d of %(all)d") % {"some": _count_answered(version, lines), "all": len(lines)}),
        (_("Goods without carriage"), on_one_basis),
        (_("Total as quoted"), lambda version: write_money(amount=version.total, currency=version.currency)),
        (_("Carriage in it"), _say_carriage),
        *((fact_label, _tell_fact(place)) for place, fact_label in enumerate((_("Terms"), _("Payment"), _("Ready"), _("Documents")))),
        (_("Valid until"), lambda version: date_format(version.valid_until, "j M Y") if version.valid_until else ""),
        *((line.description, _tell_line(line.description)) for line in lines),
    ]  # fmt: skip


def _tell_fact(place: int) -> Callable[[QuotationVersion], str]:
    return lambda version: str(list_terms(version=version)[place].value)


def _tell_line(description: str) -> Callable[[QuotationVersion], str]:
    def tell(version: QuotationVersion) -> str:
        found = _find_line(version, description)
        if found is None or found.quantity is None:
            return ""
        values = {
            "quantity": format_quantity(number=found.quantity, unit=found.unit),
            "price": write_money(amount=found.unit_price, currency=version.currency),
        }
        return _("%(quantity)s at %(price)s") % values

    return tell


def _find_line(version: QuotationVersion, description: str) -> QuotationLine | None:
    """The quoted line for one that was asked for: exporters keep its words, as the draft proposes them."""
    same = (line for line in version.lines.all() if line.description.casefold() == description.casefold())
    return next((line for line in same if line.quantity is not None), None)


def _count_answered(version: QuotationVersion, lines: Sequence[RequestLine]) -> int:
    return sum(_find_line(version, line.description) is not None for line in lines)


def _sum_goods(version: QuotationVersion) -> Decimal:
    """Everything but freight and insurance."""
    return sum((line.amount for line in version.lines.all() if line.kind not in CARRIAGE), start=Decimal(0))


def _say_carriage(version: QuotationVersion) -> str:
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
    if any(answer.answered < lines for answer in answers):
        told.append(_("Not every quotation answers every line: look at the lines before the sums."))
    return " ".join(told)
