"""The texts of a product in more languages, one section each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listings.choices import TextOrigin
from listings.models import ListingRevision
from listings.rules.texts import MOST_LANGUAGES, TextFacts
from reference.selectors import get_language_name, list_languages

NAMES = ("origin", "title", "summary", "description")


class TextForm(forms.Form):
    """Name, summary and description in one language."""

    origin = forms.ChoiceField(
        label=_("How it came about"), choices=TextOrigin.choices, widget=forms.RadioSelect, initial=TextOrigin.HUMAN, required=False,
    )  # fmt: skip
    title = forms.CharField(label=_("Name of the product"), max_length=120, required=False)
    summary = forms.CharField(label=_("Summary"), max_length=200, required=False)
    description = forms.CharField(
        label=_("Description"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, language: str, **options: Any) -> None:
        super().__init__(*args, **{**options, "prefix": f"text-{language}"})
        self.language, self.language_name = language, get_language_name(code=language)
        for name in ("title", "summary", "description"):
            self.fields[name].widget.attrs |= {"lang": language, "dir": "auto"}

    @property
    def is_blank(self) -> bool:
        """No word was typed."""
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in NAMES[1:])

    def clean_origin(self) -> str:
        return str(self.cleaned_data["origin"] or TextOrigin.HUMAN)

    def clean_title(self) -> str:
        title = " ".join(str(self.cleaned_data["title"]).split())
        if not title and not self.is_blank:
            raise forms.ValidationError(gettext("Give the product a name in this language too."))
        return title


class TextsEntry:
    """The sections, judged together. A section without a word counts as taken out."""

    def __init__(
        self, *, revision: ListingRevision, data: Any = None, typed: Any = None, begun: Sequence[str] = ()
    ) -> None:
        """`begun` are languages whose sections are shown though nothing of them is stored yet."""
        sent = data if data is not None else typed
        stands = {row.language: row for row in revision.texts.all()}
        languages = _list_sent(sent) if sent is not None else _list_shown(stands, begun, revision.language)
        if data is not None:
            self.forms = [TextForm(data, language=language) for language in languages]
        elif typed is not None:
            self.forms = [TextForm(language=language, initial=_retype(typed, language)) for language in languages]
        else:
            self.forms = [
                TextForm(language=language, initial={name: getattr(stands[language], name) for name in NAMES})
                if language in stands
                else TextForm(language=language)
                for language in languages
            ]
        self.texts: tuple[TextFacts, ...] = ()
        self.offered = [pair for pair in list_languages() if pair[0] not in {*languages, revision.language}]
        self.is_full = len(self.forms) >= MOST_LANGUAGES

    def is_valid(self) -> bool:
        """Every section with words has a name."""
        judged = [form.is_valid() for form in self.forms]
        self.texts = tuple(
            TextFacts(form.language, **{name: form.cleaned_data.get(name, "") for name in NAMES})
            for form in self.forms
            if not form.is_blank
        )
        return all(judged)


def _list_shown(stands: Iterable[str], begun: Sequence[str], own: str) -> list[str]:
    known = {code for code, _name in list_languages()} - {own}
    return [code for code in dict.fromkeys((*stands, *begun)) if code in known][:MOST_LANGUAGES]


def _retype(typed: Mapping[str, Any], language: str) -> dict[str, str]:
    return {name: str(typed[f"text-{language}-{name}"]) for name in NAMES if f"text-{language}-{name}" in typed}


def _list_sent(sent: Any) -> list[str]:
    """The languages of the sections on the page, with one more or one less as the buttons ask; unknown codes are left out."""
    known = {code for code, _name in list_languages()}
    codes = [*sent.getlist("languages"), *([sent.get("new_language", "")] if "add_text" in sent else [])]
    return [code for code in dict.fromkeys(codes) if code in known and code != sent.get("remove_text")][:MOST_LANGUAGES]
