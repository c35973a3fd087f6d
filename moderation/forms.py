"""What an officer fills in to decide a case, an exporter to appeal, and anybody to report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moderation.choices import Outcome, ReportReason
from moderation.models import Case, Reason
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

    def __init__(self, data: Any = None, *, kind: CaseKind, case: Case) -> None:
        super().__init__(data)
        reasons = self.fields["reasons"]
        assert isinstance(reasons, forms.ModelMultipleChoiceField)  # noqa: S101  tells the type checker what stands above
        reasons.queryset = list_reasons(kind=kind.kind)
        approves = self.is_bound and self.data.get("outcome") == Outcome.APPROVE
        self.extra = kind.extra_form(data if approves else None, case=case) if kind.extra_form else None

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


class AppealForm(forms.Form):
    """Why the decision is wrong."""

    text = forms.CharField(
        label=_("Why is the decision wrong?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Say which reason does not fit, and what the officer can look at to see it."),
        error_messages={"required": _("Write why you think that the decision is wrong.")},
    )


class ReportForm(forms.Form):
    """What is wrong; an address only for who wants an answer."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong."), "invalid_choice": _("Choose what is wrong.")},
    )
    text = forms.CharField(
        label=_("What did you see?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Say where it stands and how you know, so that an officer can check it."),
        error_messages={"required": _("Say what you saw: an officer must be able to check it.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail, if you want an answer"),
        required=False,
        help_text=_("Only officers of the agency see it. The company never learns who reported."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Write the address like name@example.com.")},
    )
