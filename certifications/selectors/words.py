"""Sentences of the rules in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext


def write_sentence(*, sentence: str, values: Mapping[str, Any]) -> str:
    """A rule's sentence with its values: days as people write them, a reason as the sentence that it is."""
    return gettext(sentence) % {name: _write(name, value) for name, value in values.items()}


def _write(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return write_sentence(sentence=value["sentence"], values=value["values"])
    day = parse_date(value) if name == "day" and isinstance(value, str) else None
    return date_format(day, "j M Y") if day else value
