"""Makes the rows of the change table from a kind's comparison: words marked, money written, pictures one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.money import Money, format_money
from moderation.rules import DiffRow, Words, mark_words


@dataclass(frozen=True)
class ShownRow:
    """A row as `components/table_diff.html` reads it."""

    label: str
    before: Any
    after: Any
    kind: str
    marked: bool = False
    note: str = ""
    note_kind: str = ""


def build_rows(rows: tuple[DiffRow, ...]) -> list[ShownRow]:
    """All rows of a comparison, several pictures as several rows."""
    return [shown for row in rows for shown in _build(row)]


def _build(row: DiffRow) -> Iterator[ShownRow]:
    if row.kind == "picture":
        yield from _picture_rows(row)
        return
    if row.kind == "link":
        yield ShownRow(row.label, row.before, row.after, "link")
        return
    before, after = _write(row.before), _write(row.after)
    note, tone = row.note, row.tone
    if not note and isinstance(row.before, Money) and isinstance(row.after, Money):
        note = _change_of(row.before, row.after)
    if row.kind == "text" and before and after and before != after:
        left, right = mark_words(before, after)
        if not all(words.changed for words in right):
            yield ShownRow(
                row.label, _mark(left, "del"), _mark(right, "ins"), "text", marked=True, note=note, note_kind=tone
            )
            return
    yield ShownRow(row.label, before, after, "number" if row.kind == "price" else row.kind, note=note, note_kind=tone)


def _picture_rows(row: DiffRow) -> Iterator[ShownRow]:
    pairs = list(zip_longest(_as_tuple(row.before), _as_tuple(row.after)))
    for number, (before, after) in enumerate(pairs, start=1):
        label = row.label if len(pairs) == 1 else _("%(label)s %(number)s") % {"label": row.label, "number": number}
        yield ShownRow(
            label,
            _picture(before),
            _picture(after),
            "picture",
            note=row.note if number == 1 else "",
            note_kind=row.tone,
        )


def _as_tuple(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _picture(picture: Any) -> dict[str, str] | None:
    return {"url": picture.src, "alt": picture.alt} if picture else None


def _write(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Money):
        return format_money(value, language=get_language() or "en")
    if isinstance(value, list | tuple):
        return "\n".join(_write(part) for part in value)
    return str(value)


def _change_of(before: Money, after: Money) -> str:
    """+11% or -4%, when both are of one currency."""
    if before.currency != after.currency or not before.amount or before.amount == after.amount:
        return ""
    percent = (after.amount / before.amount - 1) * 100
    return f"{percent.quantize(Decimal(1)):+}%" if abs(percent) >= 1 else f"{percent.quantize(Decimal('0.1')):+}%"


def _mark(stretches: tuple[Words, ...], tag: str) -> SafeString:
    return format_html_join("", "{}", ((_stretch(words, tag),) for words in stretches))


def _stretch(words: Words, tag: str) -> SafeString:
    line_break = mark_safe("<br>")
    text = format_html_join(line_break, "{}", ((line,) for line in words.text.split("\n")))
    return format_html("<{0}>{1}</{0}>", mark_safe(tag), text) if words.changed else text  # noqa: S308  "ins" or "del"
