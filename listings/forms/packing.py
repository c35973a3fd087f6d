"""Step 4: the kinds of packages, each with contents, weights and size."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField, list_typed_rows, read_count
from core.templatetags.ui import weight
from listings.choices import PackageKind
from listings.forms.fields import ScaledField
from listings.models import ListingRevision
from listings.rules.packing import (
    CONTENTS_MISSING,
    MOST_PACKAGES,
    WEIGHT_MISSING,
    PackageFacts,
    PackingProblem,
    check_package,
)
from listings.selectors.packing import advise_on_danger

PREFIX = "packages"
UN_NUMBER = re.compile(r"[0-9]{4}")
SIZES = ("length", "width", "height", "diameter")


class DangerForm(forms.Form):
    """Whether these are dangerous goods, and which."""

    is_dangerous = forms.BooleanField(
        label=_("These are dangerous goods"), required=False,
        help_text=_("Such as essential oils, alcohol, lithium batteries, aerosols. Your safety data sheet says it in section 14."),
    )  # fmt: skip
    un_number = forms.CharField(
        label=_("UN number"), max_length=12, required=False,
        help_text=_("Four digits, such as 1197. Without a UN number only a forwarder can price it."),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_un_number(self) -> str:
        typed = "".join(str(self.cleaned_data["un_number"]).split()).upper().removeprefix("UN")
        digits = "".join(str(int(sign)) for sign in typed) if typed.isdecimal() else typed
        if self.cleaned_data["un_number"] and not UN_NUMBER.fullmatch(digits):
            raise forms.ValidationError(gettext("A UN number has four digits, such as 1197."))
        return digits


class PackageForm(forms.Form):
    """One kind of package. Weights are typed in kilograms and sizes in centimetres; clean values are grams and millimetres."""

    kind = forms.ChoiceField(
        label=_("Kind of package"), choices=[("", _("Choose a kind")), *PackageKind.choices], required=False
    )
    contents = NumberField(label=_("Contents"))
    net_weight = ScaledField(label=_("Net weight"), factor=1000, decimals=3)
    gross_weight = ScaledField(label=_("Gross weight"), factor=1000, decimals=3)
    length = ScaledField(label=_("Length"), factor=10, decimals=1)
    width = ScaledField(label=_("Width"), factor=10, decimals=1)
    height = ScaledField(label=_("Height"), factor=10, decimals=1)
    diameter = ScaledField(label=_("Diameter"), factor=10, decimals=1)

    @property
    def is_blank(self) -> bool:
        """Nothing was typed into this row."""
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in PackageForm.base_fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_blank:
            return cleaned
        if not cleaned.get("kind") and "kind" not in self.errors:
            self.add_error("kind", gettext("Choose the kind of package."))
        self._require("contents", CONTENTS_MISSING)
        for name in ("net_weight", "gross_weight"):
            self._require(name, WEIGHT_MISSING)
        return cleaned

    def _require(self, name: str, message: str) -> None:
        if self.cleaned_data.get(name) is None and name not in self.errors:
            self.add_error(name, gettext(message))

    def make_facts(self) -> PackageFacts:
        """The row as plain values; only of a row without errors."""
        sizes = {f"{name}_mm": self.cleaned_data.get(name) for name in SIZES}
        return PackageFacts(
            kind=self.cleaned_data["kind"],
            contents=self.cleaned_data["contents"],
            net_weight_g=self.cleaned_data["net_weight"],
            gross_weight_g=self.cleaned_data["gross_weight"],
            **sizes,
        )


PackageFormSet = forms.formset_factory(
    PackageForm, extra=0, can_delete=True, max_num=MOST_PACKAGES, validate_max=True, absolute_max=MOST_PACKAGES + 20
)


class PackingEntry:
    """The rows of packages, each judged by the rules of packing for the listing's unit, and what is said of danger."""

    def __init__(
        self, *, unit: str, data: Any = None, revision: ListingRevision | None = None, typed: Any = None
    ) -> None:
        self.unit = unit
        self.packages: tuple[PackageFacts, ...] = ()
        self.danger_advice = advise_on_danger(revision=revision) if revision else ""
        self.form = DangerForm(data, initial=_read_danger(revision, typed))
        if data is not None:
            self.rows = PackageFormSet(
                data, prefix=PREFIX, error_messages={"too_many_forms": gettext("Give at most eight kinds of packages.")}
            )
        elif typed is not None:
            self.rows = _change_rows(typed)
        else:
            self.rows = PackageFormSet(prefix=PREFIX, initial=_list_rows(revision) or [{}])

    def is_valid(self) -> bool:
        """Every row can be true; errors stand at its fields."""
        is_danger_clean = self.form.is_valid()
        if not self.rows.is_valid():
            return False
        kept = [form for form in self.rows.forms if form not in self.rows.deleted_forms and not form.is_blank]
        facts = [form.make_facts() for form in kept]
        for form, package in zip(kept, facts, strict=True):
            for problem in check_package(package, unit=self.unit):
                form.add_error(problem.field, _explain(problem))
        self.packages = tuple(facts)
        return is_danger_clean and not any(form.errors for form in kept)


def _explain(problem: PackingProblem) -> str:
    return gettext(problem.message) % {name: weight(grams) for name, grams in problem.values.items()}


def _read_danger(revision: ListingRevision | None, typed: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is stored, or what was typed before a row was added."""
    if typed is not None:
        return {"is_dangerous": "is_dangerous" in typed, "un_number": str(typed.get("un_number", ""))}
    return {name: getattr(revision, name) for name in DangerForm.base_fields} if revision else {}


def _list_rows(revision: ListingRevision | None) -> list[dict[str, Any]]:
    if revision is None:
        return []
    return [
        {
            "kind": row.kind, "contents": row.contents, "net_weight": row.net_weight_g, "gross_weight": row.gross_weight_g,
            "length": row.length_mm, "width": row.width_mm, "height": row.height_mm, "diameter": row.diameter_mm,
        }
        for row in revision.package_types.all()
    ]  # fmt: skip


def _change_rows(typed: Mapping[str, Any]) -> Any:
    """The same rows with one more, or one less, as the button without JavaScript asks."""
    rows = list_typed_rows(typed, prefix=PREFIX, names=list(PackageForm.base_fields), most=MOST_PACKAGES)
    if "add_package" in typed and len(rows) < MOST_PACKAGES:
        rows = [*rows, {}]
    remove = read_count(str(typed.get("remove_package", "")))
    rows = [row for place, row in enumerate(rows) if place != remove]
    return PackageFormSet(prefix=PREFIX, initial=rows or [{}])
