"""What officers set on a product by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import HsCodeField
from listings.choices import CallOutcome


class HsLockForm(forms.Form):
    """The right HS code and why it is set; without a code the exporter may change it again."""

    code = HsCodeField(
        label=_("HS code"), required=False, max_length=20, help_text=_("Six digits, such as 0901.11. Leave it empty to let the exporter choose again."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "dir": "ltr"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("It is kept in the audit trail."),
        error_messages={"required": _("Write why.")},
    )  # fmt: skip


class LintRulesForm(forms.Form):
    """The agency's rules for texts, as YAML."""

    text = forms.CharField(
        label=_("Rules (YAML)"), max_length=200_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "dir": "ltr", "class": "input num-id"}),
        error_messages={"required": _("Write at least one rule.")},
    )  # fmt: skip


class PriceCallForm(forms.Form):
    """What came of a call to a firm about its prices."""

    outcome = forms.ChoiceField(label=_("What came of it"), choices=CallOutcome.choices)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Only the agency reads it."),
    )  # fmt: skip
