"""Form fields that several rooms share."""

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
