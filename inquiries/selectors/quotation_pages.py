"""A quotation as its page shows it: the document with its lines, how versions differ, and what happened to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.money import Money, format_money
from inquiries.choices import LineKind, OutcomeKind, QuotationState
from inquiries.models import Counter, CounterLine, Inquiry, Quotation, QuotationLine, QuotationOutcome, QuotationVersion
from listings.selectors.words import format_days, format_quantity
from reference.selectors import get_rates
from storefronts.selectors.dashboard import Fact

STATE_KINDS = {
    QuotationState.DRAFT: "", QuotationState.SENT: "info", QuotationState.COUNTERED: "warn", QuotationState.ACCEPTED: "ok",
    QuotationState.DECLINED: "bad", QuotationState.WITHDRAWN: "", QuotationState.EXPIRED: "",
}  # fmt: skip
"""An older rate is not told: it would mislead."""


@dataclass(frozen=True)
class LineRow:
    """A line as it is read: `wish` is what the buyer would take instead, "" where nothing was said."""

    position: int
    description: str
    detail: str
    quantity: str
    unit_price: str
    amount: str
    wish: str
    url: str


@dataclass(frozen=True)
class Card:
    """One version as a document. `heading` is the total's: "Total, CIF Hamburg". `reference` tells it in another currency, or ""."""

    quotation: Quotation
    version: QuotationVersion
    title: str
    subtitle: str
    state_kind: str
    state_label: str
    lines: Sequence[LineRow]
    heading: str
    total: str
    reference: str
    terms: Sequence[Fact]
    notes: str
    counter: Counter | None


@dataclass(frozen=True)
class Margin:
    """A line's price above the exporter's floor; `wish` is the buyer's, "" where there is none."""

    description: str
    price: str
    margin: str
    floor: str
    wish: str
    wish_margin: str
    is_wish_below: bool


@dataclass(frozen=True)
class Difference:
    """What a version says otherwise than the one before it."""

    label: str
    before: str
    after: str


def describe_card(*, quotation: Quotation, version: QuotationVersion, currency: str = "") -> Card:
    """A version with its lines; `currency` is the reader's own, in which the total is told for information. Reads prefetched rows."""
    counter = getattr(version, "counter", None) if version.sent_at else None
    wishes = {row.line_id: row for row in counter.lines.all()} if counter else {}
    is_current = quotation.current_id == version.pk
    return Card(
        quotation=quotation, version=version, title=_("Quotation %(number)s") % {"number": quotation.number},
        subtitle=_say_version(version), state_kind=STATE_KINDS[QuotationState(quotation.state)] if is_current else "",
        state_label=name_state(quotation=quotation) if is_current else _("Replaced"),
        lines=[_describe_line(line, version, wishes.get(line.pk)) for line in version.lines.all()],
        heading=_("Total, %(incoterm)s %(place)s") % {"incoterm": version.incoterm, "place": version.named_place},
        total=write_money(amount=version.total, currency=version.currency), reference=tell_in_currency(version=version, currency=currency),
        terms=list_terms(version=version), notes=version.notes, counter=counter,
    )  # fmt: skip


def list_thread_cards(*, inquiry: Inquiry) -> dict[tuple[str, str], Card]:
    """The current version of each quotation of a thread, by the quotation's id and the version's number. Three queries."""
    rows = Quotation.objects.filter(inquiry=inquiry, current__isnull=False).select_related(
        "current__counter", "company"
    )
    found = rows.prefetch_related("current__lines__listing__live_revision", "current__counter__lines")
    cards = {}
    for quotation in found:
        version = quotation.current
        if version is not None:
            cards[str(quotation.pk), str(version.number)] = describe_card(quotation=quotation, version=version)
    return cards


def list_terms(*, version: QuotationVersion) -> list[Fact]:
    """What the buyer agrees to besides the lines. No query."""
    incoterm = _("%(incoterm)s %(place)s (Incoterms 2020)")
    return [
        Fact("truck", _("Terms"), incoterm % {"incoterm": version.incoterm, "place": version.named_place}),
        Fact("coin", _("Payment"), version.payment_terms),
        Fact("clock", _("Ready"), _say_lead_time(version)),
        Fact("file", _("Documents"), version.documents or _("None named")),
    ]


def name_state(*, quotation: Quotation) -> str:
    """The state as its pill says it."""
    if quotation.state == QuotationState.SENT:
        return _("Can be accepted")
    return quotation.get_state_display()


def write_money(*, amount: Decimal | None, currency: str) -> str:
    """Money in the reader's way; "" where there is none."""
    return (
        format_money(Money(amount, currency), language=get_language() or "en")
        if amount is not None and currency
        else ""
    )


def tell_in_currency(*, version: QuotationVersion, currency: str) -> str:
    """The total in another currency, for information, with the rate's day; "" where no rate of the last seven days is known."""
    if not currency or currency == version.currency or version.total is None:
        return ""
    rates = get_rates(day=timezone.localdate())
    worth, day = (
        rates.convert_fresh(version.total, version.currency, currency),
        rates.find_day(version.currency, currency),
    )
    if worth is None or day is None:
        return ""
    told = format_money(Money(worth, currency).round_minor(), language=get_language() or "en")
    values = {"amount": told, "day": date_format(day, "j M Y")}
    return _("About %(amount)s at the rate of %(day)s, for information only") % values


def compare_versions(*, before: QuotationVersion, after: QuotationVersion) -> list[Difference]:
    """What changed from one version to the next: terms, then lines. Reads prefetched lines."""
    old, new = dict(_list_comparable(before)), dict(_list_comparable(after))
    labels = [*old, *(label for label in new if label not in old)]
    found = [Difference(label, old.get(label, ""), new.get(label, "")) for label in labels]
    return [row for row in found if row.before != row.after]


def list_margins(*, version: QuotationVersion) -> list[Margin]:
    """For the exporter alone: how far each line lies above its private floor, and where the buyer's wish lies. Two queries."""
    counter = getattr(version, "counter", None)
    wishes = {row.line_id: row.unit_price for row in counter.lines.all()} if counter else {}
    lines = version.lines.filter(floor__isnull=False).select_related("floor")
    return [_describe_margin(line, version, wishes.get(line.pk)) for line in lines]


def tell_outcome(*, outcome: QuotationOutcome) -> str:
    """How it ended, in a sentence with name and time."""
    values = {"name": outcome.by_name, "moment": date_format(timezone.localtime(outcome.at), "j M Y, H:i")}
    sentences = {
        OutcomeKind.ACCEPTED: _("Accepted by %(name)s on %(moment)s."),
        OutcomeKind.DECLINED: _("Declined by %(name)s on %(moment)s."),
        OutcomeKind.WITHDRAWN: _("Withdrawn by %(name)s on %(moment)s."),
        OutcomeKind.EXPIRED: _("Expired on %(moment)s: nobody accepted it in time."),
    }
    return sentences[OutcomeKind(outcome.kind)] % values


def _say_version(version: QuotationVersion) -> str:
    return _("Version %(number)s, valid until %(day)s") % {"number": version.number, "day": version.last_day}


def _say_lead_time(version: QuotationVersion) -> str:
    if version.lead_time_days is None:
        return ""
    if version.lead_time_days == 0:
        return _("At once")
    return _("%(days)s after the order") % {"days": format_days(days=version.lead_time_days)}


def _describe_line(line: QuotationLine, version: QuotationVersion, wish: CounterLine | None) -> LineRow:
    listing = line.listing if line.listing_id else None
    return LineRow(
        position=line.position, description=line.description, detail=line.detail or _name_kind(line),
        quantity=format_quantity(number=line.quantity, unit=line.unit) if line.quantity is not None else "",
        unit_price=write_money(amount=line.unit_price, currency=version.currency), amount=write_money(amount=line.amount, currency=version.currency),
        wish=_say_wish(wish, line, version) if wish else "", url=listing.get_absolute_url() if listing else "",
    )  # fmt: skip


def _describe_margin(line: QuotationLine, version: QuotationVersion, wish: Decimal | None) -> Margin:
    floor, price = line.floor.unit_price, line.unit_price or Decimal(0)
    return Margin(
        description=line.description, price=write_money(amount=price, currency=version.currency),
        margin=write_money(amount=price - floor, currency=version.currency), floor=write_money(amount=floor, currency=version.currency),
        wish=write_money(amount=wish, currency=version.currency), is_wish_below=wish is not None and wish < floor,
        wish_margin=write_money(amount=wish - floor, currency=version.currency) if wish is not None else "",
    )  # fmt: skip


def _name_kind(line: QuotationLine) -> str:
    """A line of goods needs no word for what it is."""
    return "" if line.kind == LineKind.GOODS else str(line.get_kind_display())


def _say_wish(wish: CounterLine, line: QuotationLine, version: QuotationVersion) -> str:
    quantity = format_quantity(number=wish.quantity, unit=line.unit) if wish.quantity is not None else ""
    price = write_money(amount=wish.unit_price, currency=version.currency)
    if quantity and price:
        return _("The buyer would take %(quantity)s at %(price)s") % {"quantity": quantity, "price": price}
    if quantity:
        return _("The buyer would take %(quantity)s") % {"quantity": quantity}
    return _("The buyer would pay %(price)s") % {"price": price}


def _list_comparable(version: QuotationVersion) -> Iterable[tuple[str, str]]:
    yield _("Total"), write_money(amount=version.total, currency=version.currency)
    for fact in list_terms(version=version):
        yield str(fact.label), str(fact.value)
    yield _("Valid until"), version.last_day
    seen: dict[str, int] = {}
    for line in version.lines.all():
        row = _describe_line(line, version, None)
        seen[row.description] = seen.get(row.description, 0) + 1
        again = f" ({seen[row.description]})" if seen[row.description] > 1 else ""
        values = {"quantity": row.quantity, "price": row.unit_price, "amount": row.amount}
        yield f"{row.description}{again}", _("%(quantity)s at %(price)s: %(amount)s") % values
    yield _("Notes"), version.notes
