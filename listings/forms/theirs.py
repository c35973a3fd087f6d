"""After a conflict: what stands now where it differs from what was typed."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField


@dataclass(frozen=True)
class Theirs:
    """A field whose stored value is another one than the typed; `value` is "" where it is empty."""

    label: str
    value: str


def list_theirs(*, typed: Any, stored: Any) -> list[Theirs]:
    """Of two entries of the same page, the fields that differ, as they stand now. Rows are not compared one by one."""
    mine, now = _find_form(typed), _find_form(stored)
    if mine is None or now is None:
        return []
    pairs = [(mine[name], now[name]) for name in mine.fields if name in now.fields]
    return [Theirs(str(field.label), _show(field)) for own, field in pairs if _plain(own) != _plain(field)]


def _find_form(entry: Any) -> forms.Form | None:
    form = entry if isinstance(entry, forms.Form) else getattr(entry, "form", None)
    return form if isinstance(form, forms.Form) else None


def _plain(field: BoundField) -> str:
    value = field.field.prepare_value(field.value())
    if isinstance(value, list | tuple):
        return ",".join(sorted(map(str, value)))
    return "" if value in {None, False} else str(value).replace("\r\n", "\n").strip()


def _show(field: BoundField) -> str:
    value, choices = _plain(field), getattr(field.field, "choices", None)
    return _find_label(choices, value) if choices else "✓" if value == "True" else value


def _find_label(choices: Any, value: str) -> str:
    for key, label in choices:
        if isinstance(label, list | tuple):
            found = _find_label(label, value)
            if found:
                return found
        elif str(key) == value and value:
            return str(label)
    return ""
