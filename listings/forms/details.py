"""What the goods can do: attributes of their category, brand and wishes, shelf life, availability."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField
from listings.choices import ShelfLifeUnit
from listings.models import ListingRevision
from listings.selectors.depth import list_attributes, list_values
from reference.models import Attribute

ATTRIBUTE_PREFIX = "attribute-"
LARGEST = Decimal(1_000_000_000)


class DetailsForm(forms.Form):
    """All of it may be missing; each answer saves a question."""

    private_label_offered = forms.BooleanField(label=_("We sell it under the buyer’s brand too"), required=False)
    private_label_minimum = NumberField(label=_("Smallest order under the buyer’s brand"))
    customisation_offered = forms.BooleanField(label=_("We make it to the buyer’s wishes too"), required=False)
    customisation_note = forms.CharField(
        label=_("What can be changed"), max_length=300, required=False, help_text=_("Such as size of the package, colour, blend or label.")
    )  # fmt: skip
    shelf_life = NumberField(
        label=_("Shelf life"), decimals=0, most=Decimal(1000), help_text=_("From the day of making.")
    )
    shelf_life_unit = forms.ChoiceField(
        label=_("Days, months or years"), required=False, choices=[("", _("Choose")), *ShelfLifeUnit.choices]
    )
    harvest_months = forms.TypedMultipleChoiceField(
        label=_("Months of harvest or making"), required=False, coerce=int, choices=list(MONTHS.items()),
        widget=forms.CheckboxSelectMultiple, help_text=_("None: the whole year."),
    )  # fmt: skip
    stock = NumberField(label=_("Quantity available now"), zero_allowed=True)
    yearly_capacity = NumberField(label=_("Capacity a year"), most=LARGEST)

    def __init__(self, *args: Any, revision: ListingRevision, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = list_attributes(category=revision.category)
        for attribute in self.asked:
            self.fields[f"{ATTRIBUTE_PREFIX}{attribute.pk}"] = _make_field(attribute)

    @property
    def attribute_fields(self) -> list[tuple[Any, str]]:
        """The fields of the category's attributes, each with its unit."""
        return [(self[f"{ATTRIBUTE_PREFIX}{one.pk}"], one.unit_label) for one in self.asked]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        life, unit = cleaned.get("shelf_life"), cleaned.get("shelf_life_unit")
        if life and not unit and "shelf_life_unit" not in self.errors:
            self.add_error("shelf_life_unit", gettext("Say whether these are days, months or years."))
        if unit and not life and "shelf_life" not in self.errors:
            self.add_error("shelf_life", gettext("Give the number, or choose nothing beside it."))
        cleaned["shelf_life"] = int(life) if life else None
        cleaned["harvest_months"] = sorted(cleaned.get("harvest_months") or [])
        self._require_tick("private_label_offered", "private_label_minimum")
        self._require_tick("customisation_offered", "customisation_note")
        return cleaned

    def _require_tick(self, tick: str, detail: str) -> None:
        if self.cleaned_data.get(detail) not in {None, ""} and not self.cleaned_data.get(tick):
            self.add_error(tick, gettext("Tick this to offer what stands below, or empty it."))

    def list_answers(self) -> dict[int, Decimal | str | None]:
        """What is said of each attribute that the category asks for, by its id; None where nothing."""
        answers = {one.pk: self.cleaned_data.get(f"{ATTRIBUTE_PREFIX}{one.pk}") for one in self.asked}
        return {pk: None if answer == "" else answer for pk, answer in answers.items()}


def _make_field(attribute: Attribute) -> forms.Field:
    if attribute.kind == Attribute.Kind.NUMBER:
        return NumberField(label=attribute.label, decimals=4, zero_allowed=True, most=LARGEST)
    if attribute.kind == Attribute.Kind.TEXT:
        return forms.CharField(label=attribute.label, max_length=200, required=False)
    listed = (
        [("yes", gettext("Yes")), ("no", gettext("No"))]
        if attribute.kind == Attribute.Kind.YES_NO
        else [(word, gettext(word)) for word in attribute.choices]
    )
    return forms.ChoiceField(label=attribute.label, required=False, choices=[("", gettext("Not told")), *listed])


def make_initial_details(revision: ListingRevision) -> dict[str, Any]:
    """What the form shows of a revision."""
    values = {name: getattr(revision, name) for name in DetailsForm.base_fields}
    return values | {f"{ATTRIBUTE_PREFIX}{pk}": value for pk, value in list_values(revision=revision).items()}


def retype_details(data: QueryDict) -> dict[str, Any]:
    """What was typed, shown again unjudged."""
    return {**data.dict(), "harvest_months": data.getlist("harvest_months")}
