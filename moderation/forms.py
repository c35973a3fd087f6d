"""What an officer fills in to decide a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.choices import Outcome
from moderation.models import Reason
from moderation.registry import CaseKind
from moderation.rules import Ruling
from moderation.selectors import list_reasons


class DecisionForm(forms.Form):
    """Outcome (the button that was pressed), reasons, a note; what the kind asks for on approval stands in `extra`."""

    outcome = forms.ChoiceField(
        choices=Outcome.choices,
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose: approve, ask for changes, or reject.")},
    )
    reasons = forms.ModelMultipleChoiceField(
        Reason.objects.none(),
        label=_("What should change?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("One of the reasons is no longer in use. Choose again.")},
    )
    note = forms.CharField(
        label=_("Note to the exporter"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mailed word for word. The reasons above are sent in the exporter's language."),
    )

    def __init__(self, data: Any = None, *, kind: CaseKind) -> None:
        super().__init__(data)
        reasons = self.fields["reasons"]
        assert isinstance(reasons, forms.ModelMultipleChoiceField)  # noqa: S101  tells the type checker what stands above
        reasons.queryset = list_reasons(kind=kind.kind)
        approves = self.is_bound and self.data.get("outcome") == Outcome.APPROVE
        self.extra = kind.extra_form(data if approves else None) if kind.extra_form else None

    def is_valid(self) -> bool:
        """Fields of the kind count only when the case is approved."""
        return super().is_valid() and (self.extra is None or not self.extra.is_bound or self.extra.is_valid())

    @property
    def ruling(self) -> Ruling:
        """What was decided, as the kind's own service takes it."""
        clean = self.cleaned_data
        details = self.extra.cleaned_data if self.extra is not None and self.extra.is_bound else {}
        return Ruling(
            outcome=clean["outcome"],
            reason_ids=tuple(reason.pk for reason in clean["reasons"]),
            note=clean["note"],
            details=details,
        )
