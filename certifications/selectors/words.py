"""Sentences and standings of the rules in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext as _

from certifications.rules.validity import Standing, StandingName

KINDS: dict[StandingName, str] = {
    StandingName.CHANGES: "warn", StandingName.BEING_CHECKED: "info", StandingName.NOT_YET: "info", StandingName.VALID: "ok",
    StandingName.ENDING: "warn", StandingName.EXPIRED: "bad", StandingName.REJECTED: "bad", StandingName.REVOKED: "bad",
}  # fmt: skip


@dataclass(frozen=True)
class Pill:
    """A standing in words, and the colour that goes with it."""

    label: str
    kind: str


def write_sentence(*, sentence: str, values: Mapping[str, Any]) -> str:
    """A rule's sentence with its values: days as people write them, a reason as the sentence that it is."""
    return gettext(sentence) % {name: _write(name, value) for name, value in values.items()}


def _write(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return write_sentence(sentence=value["sentence"], values=value["values"])
    day = parse_date(value) if name == "day" and isinstance(value, str) else None
    return date_format(day, "j M Y") if day else value


def name_standing(*, standing: Standing) -> Pill:
    """A standing in the reader's language; what ends soon says how soon."""
    words = {
        StandingName.DRAFT: _("Draft"), StandingName.CHANGES: _("Changes asked for"), StandingName.BEING_CHECKED: _("Being checked"),
        StandingName.NOT_YET: _("Not valid yet"), StandingName.VALID: _("Valid"), StandingName.EXPIRED: _("Expired"),
        StandingName.REJECTED: _("Rejected"), StandingName.REVOKED: _("Revoked"), StandingName.WITHDRAWN: _("Withdrawn"),
    }  # fmt: skip
    if standing.name != StandingName.ENDING:
        return Pill(words[standing.name], KINDS.get(standing.name, ""))
    left = standing.days_left or 0
    label = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left} if left else _("Ends today")
    return Pill(label, KINDS[standing.name])
