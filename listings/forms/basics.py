"""Step 1: what the product is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.models import ListingRevision
from reference.choices import Unit
from reference.models import Category
from reference.selectors import list_branches, list_languages

Choices = list[tuple[str, Any]]


def list_units() -> Choices:
    """Units with an empty first one."""
    return [("", _("Choose a unit")), *Unit.choices]


class BasicsForm(forms.Form):
    """Name, texts, category and unit. Only the name is needed to keep a draft."""

    title = forms.CharField(
        label=_("Name of the product"),
        max_length=120,
        help_text=_("What a buyer would type to find it, with variety, grade or size."),
        error_messages={"required": _("Give the product a name.")},
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=200,
        required=False,
        help_text=_("One sentence, at most 200 characters. It stands under the name."),
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What it is made of, how, in which quality, how long it keeps."),
    )
    language = forms.ChoiceField(label=_("Language of the text"))
    category = forms.ChoiceField(label=_("Category"), required=False)
    unit = forms.ChoiceField(label=_("Sold by the"), required=False, choices=list_units)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        branches = list(list_branches())
        self.categories = {str(leaf.pk): leaf for branch in branches for leaf in branch.children.all()}
        grouped = [(branch.label, [(leaf.pk, leaf.label) for leaf in branch.children.all()]) for branch in branches]
        self._set_choices("category", [("", _("Choose a category")), *grouped])
        self._set_choices("language", list_languages())

    def _set_choices(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_category(self) -> Category | None:
        return self.categories.get(self.cleaned_data["category"])


def make_initial_basics(revision: ListingRevision) -> dict[str, Any]:
    """What the form shows of a revision."""
    return {
        "title": revision.title, "summary": revision.summary, "description": revision.description, "language": revision.language,
        "category": revision.category_id or "", "unit": revision.unit,
    }  # fmt: skip
