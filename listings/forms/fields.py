"""Weights in kilograms, sizes in centimetres, and bar codes, as people type them."""

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
