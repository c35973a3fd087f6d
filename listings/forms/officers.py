"""What officers set on a product by hand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.forms.fields import HsCodeField


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
