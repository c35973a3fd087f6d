"""Numbers as people type them, weights in kilograms, sizes in centimetres, and rows as they were typed."""

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum import ean

from core.fields import NumberField


class ScaledField(NumberField):
    """A number that is stored as whole small units: kilograms as grams, centimetres as millimetres; clean value int or None."""

    def __init__(self, *, factor: int, decimals: int, **options: Any) -> None:
        self.factor = factor
        super().__init__(decimals=decimals, most=Decimal(1_000_000), **options)

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(Decimal(value) / self.factor) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return None if number is None else int((number * self.factor).to_integral_value(ROUND_HALF_UP))


class HsCodeField(forms.CharField):
    """An HS code with or without dots and spaces; clean value six digits or ""."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        digits = re.sub(r"[\s.]", "", typed)
        digits = "".join(str(int(digit)) for digit in digits) if digits.isdecimal() else digits
        if not typed or (len(digits) == 6 and digits.isascii() and digits.isdigit()):
            return digits
        if digits.isdigit() and len(digits) > 6:
            raise ValidationError(
                _("Give the first six digits, such as %(code)s: the digits after them differ from country to country.")
                % {"code": f"{digits[:4]}.{digits[4:6]}"}
            )
        raise ValidationError(_("An HS code has six digits, such as 0901.11. Leave it empty to ask the agency."))


class GtinField(forms.CharField):
    """A GTIN with or without spaces; clean value its digits or "". Its check digit is that of a bar code."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"})
        )
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> Any:
        digits = str(ean.compact(super().clean(value)))
        if digits and not ean.is_valid(digits):
            raise ValidationError(
                _("This is not a GTIN: its last digit does not fit the others. Compare it with the bar code.")
            )
        return digits


def read_count(text: str) -> int:
    """A number of rows or of one row, as a page sends it; -1 for everything else."""
    return int(text) if text.isdecimal() and len(text) < 6 else -1


def list_typed_rows(data: Mapping[str, Any], *, prefix: str, names: Sequence[str], most: int) -> list[dict[str, str]]:
    """The rows of a formset as they were typed, without removed ones, to show them again unjudged."""
    total = read_count(str(data.get(f"{prefix}-TOTAL_FORMS", "")))
    rows = range(min(total, most + 1))
    return [
        {name: str(data.get(f"{prefix}-{row}-{name}", "")) for name in names}
        for row in rows
        if not data.get(f"{prefix}-{row}-DELETE")
    ]


def list_typed(data: Mapping[str, Any], *, names: Sequence[str]) -> dict[str, str]:
    """Single fields as they were typed."""
    return {name: str(data[name]) for name in names if name in data}
