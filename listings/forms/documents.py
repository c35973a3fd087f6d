"""The papers of a product: one section each, the file beside what is said of it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listings.choices import DocumentKind, Visibility
from listings.models import ListingDocument, ListingRevision
from listings.rules.documents import DocumentFacts, check_document

NAMES = ("kind", "title", "visibility", "number", "lot", "issued_by", "issued_on", "valid_until")


def _date_field(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=False, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip


class DocumentForm(forms.Form):
    """What is said of one paper."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind.choices)
    title = forms.CharField(
        label=_("Title"), max_length=120, error_messages={"required": _("Give the document a title.")}
    )
    visibility = forms.ChoiceField(label=_("Who may read it"), choices=Visibility.choices)
    number = forms.CharField(
        label=_("Number"), max_length=60, required=False, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    lot = forms.CharField(label=_("Lot"), max_length=60, required=False, help_text=_("A laboratory report names it."))
    issued_by = forms.CharField(label=_("Laboratory or authority"), max_length=120, required=False)
    issued_on = _date_field(_("Date"))
    valid_until = _date_field(_("Valid until"), _("Empty: no end is known."))

    def __init__(self, *args: Any, document: ListingDocument, **options: Any) -> None:
        super().__init__(*args, **{**options, "prefix": f"document-{document.upload_id}"})
        self.document = document

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            for name, message in check_document(self.make_facts(), today=timezone.localdate()):
                self.add_error(name, gettext(message))
        return cleaned

    def make_facts(self) -> DocumentFacts:
        """The clean values."""
        return DocumentFacts(**{name: self.cleaned_data[name] for name in NAMES})


class DocumentsEntry:
    """The sections of all documents of a revision, judged together; one that the page did not have yet is left as it stands."""

    def __init__(self, *, revision: ListingRevision, data: Any = None, typed: Any = None) -> None:
        rows = list(revision.documents.all())
        self.forms = [
            DocumentForm(data, document=row)
            if data is not None and f"document-{row.upload_id}-title" in data
            else DocumentForm(document=row, initial=_show(row, typed))
            for row in rows
        ]
        self.documents: dict[str, DocumentFacts] = {}

    def is_valid(self) -> bool:
        """Every document says what its kind must say."""
        sent = [form for form in self.forms if form.is_bound]
        judged = [form.is_valid() for form in sent]
        self.documents = {str(form.document.upload_id): form.make_facts() for form in sent if form.is_valid()}
        return all(judged)


def _show(row: ListingDocument, typed: Mapping[str, Any] | None) -> dict[str, Any]:
    stands = {name: getattr(row, name) for name in NAMES}
    prefix = f"document-{row.upload_id}-"
    return stands | {name: typed[f"{prefix}{name}"] for name in NAMES if typed and f"{prefix}{name}" in typed}
