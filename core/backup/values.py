"""Rows as lines of JSON that are the same from every engine, and back."""

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

MICROSECOND = timedelta(microseconds=1)
WRITERS: list[tuple[Any, Callable[[Any], Any]]] = [
    (Decimal, lambda value: format(value or abs(value), "f")),
    (datetime, lambda value: value.astimezone(UTC).isoformat(timespec="microseconds")),
    (date, lambda value: value.isoformat()),
    (time, lambda value: value.isoformat(timespec="microseconds")),
    (timedelta, lambda value: value // MICROSECOND),
    (UUID, str),
    (bytes | memoryview, lambda value: base64.b64encode(value).decode()),
]


def write_line(values: Sequence[Any]) -> bytes:
    """One row as a line: keys sorted, no spaces, no NaN."""
    plain = [write_value(value) for value in values]
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    return text.encode() + b"\n"


def read_line(line: bytes, fields: "Sequence[models.Field[Any, Any]]") -> list[Any]:
    """The row's values as the fields' Python types; raises ValueError when they are not as many."""
    return [read_value(value, field) for value, field in zip(json.loads(line), fields, strict=True)]


def write_value(value: Any) -> Any:
    """The neutral form. Whole floats become integers and no zero is negative: PostgreSQL keeps neither apart in JSON."""
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return {key: write_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [write_value(inner) for inner in value]
    return _write_special(value)


def _write_special(value: Any) -> Any:
    for kind, write in WRITERS:
        if isinstance(value, kind):
            return write(value)
    raise TypeError(f"A backup knows no {type(value).__name__}.")


def read_value(value: Any, field: "models.Field[Any, Any]") -> Any:
    """What `write_value` wrote, as the field's Python type."""
    if isinstance(field, models.JSONField):
        return models.Value(None, models.JSONField()) if value is None and not field.null else value
    if value is None:
        return None
    if isinstance(field, models.DurationField):
        return value * MICROSECOND
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return field.to_python(value)
