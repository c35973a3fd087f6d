"""What officers type: an act of support, why one no longer counts, and the days of a period."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField
from core.middleware import explain
from reference.selectors import list_currencies
from reporting.choices import SupportKind
from reporting.exceptions import CostWithoutCurrency, CurrencyWithoutCost, DayNotYet, DayTooEarly, MinutesUnlikely
from reporting.rules import FIRST_DAY, LAST_DAY, Period, SupportFacts, check_support, complete_period

REFUSALS = (DayNotYet, DayTooEarly, MinutesUnlikely, CostWithoutCurrency, CurrencyWithoutCost)
DAY = {"type": "date"}
DAY_ERRORS = {"required": _("Say on which day."), "invalid": _("Write the day as 2027-01-31.")}


class SupportForm(forms.Form):
    """An act of support. The same rules as the service's, so that each sentence stands at its field."""

    kind = forms.ChoiceField(label=_("Type"), choices=SupportKind.choices)
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), error_messages=DAY_ERRORS
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write how many minutes it took."), "invalid": _("Write minutes in digits, such as 90.")},
    )  # fmt: skip
    cost = NumberField(label=_("Cost to the agency"), decimals=2, zero_allowed=True)
    currency = forms.ChoiceField(label=_("Currency of the cost"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Only the agency reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", "id_support_%s")
        super().__init__(*args, **options)
        self.fields["day"].initial = timezone.localdate
        currency = self.fields["currency"]
        if isinstance(currency, forms.ChoiceField):
            currency.choices = [("", gettext("No cost")), *list_currencies(language=get_language() or "en")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                check_support(self.facts, today=timezone.localdate())
            except REFUSALS as refusal:
                self.add_error(refusal.field, explain(refusal))
        return cleaned

    @property
    def facts(self) -> SupportFacts:
        """What was typed, once it is clean."""
        return SupportFacts(**self.cleaned_data)


class VoidForm(forms.Form):
    """Why an act of support no longer counts."""

    reason = forms.CharField(
        label=_("Why does it no longer count?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("It stays in the list, struck out, with your name and this reason."),
        error_messages={"required": _("Say why this no longer counts. Colleagues read it.")},
    )  # fmt: skip


class PeriodForm(forms.Form):
    """From and to; what is left out is completed, and nothing at all is this quarter."""

    first = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), error_messages=DAY_ERRORS
    )
    last = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), error_messages=DAY_ERRORS
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("first", "last"):
            day = cleaned.get(name)
            if day is not None and not FIRST_DAY <= day <= LAST_DAY:
                years = {"first": FIRST_DAY.year, "last": LAST_DAY.year}
                self.add_error(name, gettext("Write a day in the years %(first)s to %(last)s.") % years)
        if not self.errors and self.period.first > self.period.last:
            self.add_error("last", gettext("The period ends before it begins. Exchange the two days, or write others."))
        return cleaned

    @property
    def period(self) -> Period:
        """The days, once they are clean."""
        told = self.cleaned_data
        return complete_period(told.get("first"), told.get("last"), today=timezone.localdate())
