"""The lines of a request in words: for its first message, for pages and for officers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.money import Money, format_money
from inquiries.models import Request, RequestLine
from inquiries.selectors.match_words import write_code
from listings.selectors.words import format_quantity, format_unit
from storefronts.selectors.dashboard import Fact


@dataclass(frozen=True)
class LineInWords:
    """A line as a page shows it; `target` is "" where the buyer named no price, `url` where there is no public product."""

    position: int
    description: str
    hs_code: str
    quantity: str
    target: str
    specification: str
    url: str


def describe_lines(*, lines: Sequence[RequestLine]) -> list[LineInWords]:
    """Each line in the reader's language. No query when listings and their companies are loaded."""
    return [
        LineInWords(
            line.position, line.description, write_code(code=line.hs_code), format_quantity(number=line.quantity, unit=line.unit),
            describe_target(line=line), line.specification,
            line.listing.get_absolute_url() if line.listing and line.listing.state == "live" and line.listing.company.is_public else "",
        )
        for line in lines
    ]  # fmt: skip


def describe_target(*, line: RequestLine) -> str:
    """Such as "€4.20 per kg"; "" without one."""
    if line.target_price is None:
        return ""
    price = format_money(Money(line.target_price.normalize(), line.currency), language=get_language() or "en")
    return _("%(price)s per %(unit)s") % {"price": price, "unit": format_unit(unit=line.unit)}


def list_request_facts(*, request: Request, schemes: Sequence[str]) -> list[Fact]:
    """Terms that hold for all lines, as components/facts.html shows them. No query."""
    return [
        Fact("pin", _("Delivery to"), request.place_line),
        Fact("ship", _("Terms wished for"), str(request.get_incoterm_display()) if request.incoterm else ""),
        Fact("cal", _("Needed by"), date_format(request.needed_by, "j M Y") if request.needed_by else ""),
        Fact("badge", _("Certificates demanded"), ", ".join(schemes)),
    ]


def write_first_message(*, request: Request) -> str:
    """What the exporter reads first: the lines, then the buyer's own words, in the buyer's language."""
    offered = request.language in dict(settings.LANGUAGES)
    with translation.override(request.language if offered else settings.LANGUAGE_CODE):
        lines = [
            _("%(number)s. %(quantity)s: %(what)s")
            % {"number": line.position, "quantity": line.quantity, "what": line.description}
            for line in describe_lines(lines=list(request.lines.select_related("listing__company")))
        ]
        head = _("Request for quotation: %(title)s") % {"title": request.title}
    return "\n".join([head, *lines, *(["", request.text] if request.text else [])])
