"""Form fields that several rooms share, and rows as they were typed."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import DomainError
from core.middleware import explain
from core.numbers import parse_number, write_fraction


class NumberField(forms.CharField):
    """A number above zero in the reader's way of writing; clean value Decimal or None."""

    def __init__(
        self, *, decimals: int = 3, most: Decimal = Decimal(999999999), zero_allowed: bool = False, **options: Any
    ) -> None:
        options.setdefault("required", False)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        self.decimals, self.most, self.zero_allowed = decimals, most, zero_allowed
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Stored numbers are written so that they can be read in one way only; typed text stays as typed."""
        if isinstance(value, Decimal | int):
            return write_fraction(Decimal(value), sign=str(get_format("DECIMAL_SEPARATOR")))
        return value

    def clean(self, value: Any) -> Any:
        """The number, exact; a sentence that says what is wrong with it otherwise."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            number = parse_number(typed, decimal_comma=get_format("DECIMAL_SEPARATOR") == ",")
        except DomainError as error:
            raise ValidationError(explain(error)) from error
        if number > self.most:
            raise ValidationError(_("This number is too large to be meant. Check it."))
        if number == 0 and not self.zero_allowed:
            raise ValidationError(_("Write a number above zero, or leave this empty."))
        if not self.decimals and number != round(number):
            raise ValidationError(_("Write a whole number."))
        if number != round(number, self.decimals):
            raise ValidationError(_("Write at most %(decimals)s decimals.") % {"decimals": self.decimals})
        return number


class TextFileField(forms.FileField):
    """A file of text in UTF-8, such as a table; clean value the text."""

    MOST_BYTES = 2 * 1024 * 1024

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": gettext_lazy("Choose a file.")})
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> str:
        """A sentence when it is too large or in another encoding."""
        file = super().clean(data, initial)
        if file.size > self.MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB. Bring it in in parts."))
        try:
            text: str = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(_("The file is not in UTF-8. Save a table as “CSV UTF-8”.")) from error
        return text.replace("\x00", " ")


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
