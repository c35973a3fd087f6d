"""The members that a group certificate lists, as rows that also work by buttons alone."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certifications.models import Certificate

PREFIX = "members"
MOST_MEMBERS = 100
SPARE_ROWS = 20
COLUMNS = ("name", "place", "number")


class MemberForm(forms.Form):
    """One member; a row left empty is none."""

    name = forms.CharField(
        label=_("Name of the member"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    place = forms.CharField(
        label=_("Place"), max_length=120, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    number = forms.CharField(
        label=_("Number in the list"), max_length=60, required=False, widget=forms.TextInput(attrs={"dir": "ltr"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("name") and (cleaned.get("place") or cleaned.get("number")) and "name" not in self.errors:
            self.add_error("name", gettext("Give the name of the member, or empty the row."))
        return cleaned


class BaseMemberFormSet(forms.BaseFormSet[MemberForm]):
    """All members."""

    def get_members(self) -> list[dict[str, str]]:
        """Rows that have a name and are not removed; only of rows without errors."""
        rows = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        return [{name: row[name] for name in COLUMNS} for row in rows if row.get("name")]


_FormSet = forms.formset_factory(
    MemberForm, formset=BaseMemberFormSet, extra=0, can_delete=True, max_num=MOST_MEMBERS, validate_max=True,
    absolute_max=MOST_MEMBERS + SPARE_ROWS,
)  # fmt: skip


def read_members(certificate: Certificate) -> Any:
    """The rows as they are stored, and an empty one where there is none."""
    return _FormSet(prefix=PREFIX, initial=_list_stored(certificate) or [{}])


def bind_members(data: Mapping[str, Any], certificate: Certificate) -> Any:
    """The rows as they were typed, to be judged."""
    too_many = gettext("Give at most %(most)s members. Your own company is enough.") % {"most": MOST_MEMBERS}
    return _FormSet(data, prefix=PREFIX, initial=_list_stored(certificate), error_messages={"too_many_forms": too_many})


def retype_members(data: Mapping[str, Any]) -> Any:
    """The rows as they were typed, unjudged, with one more or one less as a button asked."""
    rows = [
        {name: str(data.get(f"{PREFIX}-{row}-{name}", "")) for name in COLUMNS}
        for row in range(min(_read_count(data.get(f"{PREFIX}-TOTAL_FORMS")), MOST_MEMBERS + SPARE_ROWS))
        if not data.get(f"{PREFIX}-{row}-DELETE")
    ]
    if "add_member" in data and len(rows) < MOST_MEMBERS:
        rows = [*rows, {}]
    remove = _read_count(data.get("remove_member"))
    rows = [row for place, row in enumerate(rows) if place != remove]
    return _FormSet(prefix=PREFIX, initial=rows or [{}])


def _list_stored(certificate: Certificate) -> list[dict[str, str]]:
    return list(certificate.group_members.values(*COLUMNS))


def _read_count(text: Any) -> int:
    """A number of rows or of one row, as a page sends it; -1 for everything else."""
    return int(text) if isinstance(text, str) and text.isdecimal() and len(text) < 6 else -1
