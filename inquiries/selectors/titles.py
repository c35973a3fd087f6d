"""An inquiry in one line: a whole sentence for each combination of what is known, so that it can be translated."""

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from inquiries.models import Inquiry
from listings.selectors.words import format_quantity

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def describe_inquiry(*, inquiry: Inquiry) -> str:
    """Such as "600 kg Washed Arabica to Hamburg, Germany", in the reader's language."""
    if inquiry.request_id is not None:
        return _("Request: %(subject)s") % {"subject": _keep_direction(inquiry.subject)}
    about_listing = inquiry.listing_id is not None
    known = (about_listing, inquiry.quantity is not None, bool(inquiry.place_line))
    values = {"subject": inquiry.subject, "place": inquiry.place_line, "quantity": describe_quantity(inquiry=inquiry)}
    return _list_sentences()[known] % {name: _keep_direction(value) for name, value in values.items()}


def describe_quantity(*, inquiry: Inquiry) -> str:
    """Such as "600 kg"; "" when the buyer named none."""
    return format_quantity(number=inquiry.quantity, unit=inquiry.unit) if inquiry.quantity is not None else ""


def _list_sentences() -> dict[tuple[bool, bool, bool], str]:
    return {
        (True, True, True): _("%(quantity)s %(subject)s to %(place)s"),
        (True, True, False): _("%(quantity)s %(subject)s"),
        (True, False, True): _("%(subject)s to %(place)s"),
        (True, False, False): "%(subject)s",
        (False, True, True): _("%(quantity)s from %(subject)s to %(place)s"),
        (False, True, False): _("%(quantity)s from %(subject)s"),
        (False, False, True): _("Inquiry to %(subject)s, delivery to %(place)s"),
        (False, False, False): _("Inquiry to %(subject)s"),
    }


def _keep_direction(text: str) -> str:
    """Names of another script keep their own direction in a page that runs from right to left."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if text and get_language_bidi() else text
