"""Why an exporter was matched, in whole sentences and in the reader's language; what the filters left out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.errors import gettext_noop
from core.templatetags.ui import quantity
from inquiries.rules.reasons import Reason
from inquiries.selectors.replies import describe_minutes
from listings.selectors.words import format_days
from reference.selectors import get_country_name, get_language_name


@dataclass(frozen=True)
class Told:
    """A reason as a page shows it: `most` is 0 for what adds no points; `is_known` is false where something is not stated."""

    text: str
    points: int
    most: int
    is_known: bool


def tell_reasons(*, reasons: Sequence[Reason]) -> list[Told]:
    """Sentences for the reasons of a match. What a newer version has no words for is left out. No query."""
    return [
        Told(SENTENCES[code](values), int(values["points"]), int(values["most"]), not code.endswith("_unknown"))
        for code, values in reasons
        if code in SENTENCES
    ]


def tell_left_out(*, left_out: Mapping[str, int]) -> list[str]:
    """What each filter kept back, as officers read it."""
    sentences = {
        "market": ngettext(
            "%(number)s exporter names other markets", "%(number)s exporters name other markets", left_out.get("market", 0)
        ),
        "capacity": ngettext(
            "%(number)s exporter cannot make the quantity", "%(number)s exporters cannot make the quantity", left_out.get("capacity", 0)
        ),
        "lead_time": ngettext(
            "%(number)s exporter needs more time", "%(number)s exporters need more time", left_out.get("lead_time", 0)
        ),
        "standing": ngettext(
            "A severe report against %(number)s exporter waits", "Severe reports against %(number)s exporters wait", left_out.get("standing", 0)
        ),
        "blocked": ngettext(
            "%(number)s exporter has blocked this buyer", "%(number)s exporters have blocked this buyer", left_out.get("blocked", 0)
        ),
    }  # fmt: skip
    return [text % {"number": quantity(left_out[name])} for name, text in sentences.items() if name in left_out]


def write_code(*, code: str) -> str:
    """Six digits as people write them: 0901.11."""
    return f"{code[:4]}.{code[4:]}" if code else ""


def _of_line(text: str) -> Callable[[Mapping[str, Any]], str]:
    """A sentence about one line with its number and HS code; `text` is marked where it is given."""
    return lambda values: _(text) % {"line": values["line"], "code": write_code(code=values["hs"])}


def _plain(text: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda _values: _(text)


def _of_country(text: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda values: (
        _(text) % {"country": get_country_name(code=values["country"], language=get_language() or "en")}
    )


def _tell_missing(values: Mapping[str, Any]) -> str:
    found = values["all"] - values["number"]
    return _("Offers %(found)s of %(all)s lines") % {"found": quantity(found), "all": quantity(values["all"])}


def _tell_price(values: Mapping[str, Any]) -> str:
    numbers = {"met": quantity(values["met"]), "all": quantity(values["all"])}
    if values["all"] == 1:
        return _("The price is near the target")
    return _("Prices: %(met)s of %(all)s targets met, the others near") % numbers


def _tell_held(values: Mapping[str, Any]) -> str:
    number = values["number"]
    text = ngettext(
        "Holds the certificate that is demanded", "Holds the %(number)s certificates that are demanded", number
    )
    return text % {"number": quantity(number)}


def _tell_further(values: Mapping[str, Any]) -> str:
    number = values["number"]
    text = ngettext("%(number)s further verified certificate", "%(number)s further verified certificates", number)
    return text % {"number": quantity(number)}


SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "hs_same": _of_line(gettext_noop("Line %(line)s: the same HS code, %(code)s")),
    "hs_heading": _of_line(gettext_noop("Line %(line)s: the same heading of the HS, %(code)s")),
    "category": _of_line(gettext_noop("Line %(line)s: the same category")),
    "hs_chapter": _of_line(gettext_noop("Line %(line)s: only the same chapter of the HS, %(code)s")),
    "lines_missing": _tell_missing,
    "capacity_fits": _plain(gettext_noop("The quantity fits what they can make")),
    "capacity_unknown": _plain(gettext_noop("Whether they can make the quantity is not stated")),
    "certificates_held": _tell_held,
    "price_met": _plain(gettext_noop("The price meets the target")),
    "price_near": _tell_price,
    "price_above": _plain(gettext_noop("The price is far above the target")),
    "price_unknown": _plain(gettext_noop("No price is shown that could be compared")),
    "lead": lambda values: _("Ready to ship in %(days)s") % {"days": format_days(days=values["days"])},
    "lead_unknown": _plain(gettext_noop("How soon they can ship is not stated")),
    "replies": lambda values: _("Usually answers within %(time)s") % {"time": describe_minutes(minutes=values["minutes"])},
    "replies_unknown": _plain(gettext_noop("No public record of replies yet")),
    "language_same": lambda values: _("Answers in %(language)s") % {"language": get_language_name(code=values["language"])},
    "language_english": _plain(gettext_noop("Answers in English")),
    "language_other": lambda values: _("Does not name %(language)s among its languages") % {"language": get_language_name(code=values["language"])},
    "language_unknown": _plain(gettext_noop("Which languages they answer in is not stated")),
    "market_same": _of_country(gettext_noop("Exports to %(country)s already")),
    "market_near": _of_country(gettext_noop("Exports to a country of the same customs union as %(country)s")),
    "market_unknown": _plain(gettext_noop("Which countries they export to is not stated")),
    "certificates_more": _tell_further,
    "certificates_none": _plain(gettext_noop("No further verified certificate for these products")),
}  # fmt: skip
