"""What a company types about a certificate: the scheme with its files first, then what is printed on it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certifications.choices import Paper, SchemeKind
from certifications.forms.fields import ListField, PrefixesField
from certifications.models import Certificate, Scheme
from reference.selectors import is_known_hs_code
from storefronts.models import Site

FILE_TYPES = "application/pdf,image/jpeg,image/png,image/webp,image/heic,image/heif,.pdf,.heic,.heif"
ISSUER_LIST = "known-issuers"
HS_LENGTH = 6
LISTS = ("hs_prefixes", "words")
COLUMNS = (
    "issuer_name", "number", "holder", "holder_address", "scope", "hs_prefixes", "words", "is_group", "valid_from", "valid_until",
)  # fmt: skip


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or more, as a list; `uploads` says which are taken."""

    widget = FilesInput

    def clean(self, value: Any, _initial: Any = None) -> list[UploadedFile[bytes]]:
        files = [file for file in (value if isinstance(value, Sequence) else [value]) if file]
        if self.required and not files:
            raise ValidationError(gettext("Choose the document: a PDF, or a photo of each page."))
        return files


class NewCertificateForm(forms.Form):
    """Which scheme, and the document itself."""

    scheme = forms.ChoiceField(
        label=_("Which one is it?"),
        error_messages={"required": _("Choose a scheme from the list."), "invalid_choice": _("Choose a scheme from the list.")},
    )  # fmt: skip
    files = FilesField(  # type: ignore[assignment]  # the form's class is made without it
        label=_("The document"), widget=FilesInput(attrs={"accept": FILE_TYPES})
    )

    def __init__(self, *args: Any, schemes: Iterable[Scheme], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, schemes)


class CertificateForm(forms.Form):
    """What is printed on it. Nothing is needed to keep a draft."""

    scheme = forms.ChoiceField(
        label=_("Scheme"), error_messages={"invalid_choice": _("Choose a scheme from the list.")}
    )
    issuer_name = forms.CharField(
        label=_("Issuer"), max_length=160, required=False,
        help_text=_("The certification body or authority, as printed."),
        widget=forms.TextInput(attrs={"list": ISSUER_LIST, "autocomplete": "off", "dir": "auto"}),
    )  # fmt: skip
    number = forms.CharField(
        label=_("Number"), max_length=60, required=False, help_text=_("As printed, with its dashes."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "class": "num-id"}),
    )  # fmt: skip
    holder = forms.CharField(
        label=_("Holder"), max_length=200, required=False,
        help_text=_("The firm that it names, letter by letter, even where it is not yours."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )  # fmt: skip
    holder_address = forms.CharField(
        label=_("Address"), max_length=300, required=False, help_text=_("Of the holder or the site, as printed."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )  # fmt: skip
    valid_from = forms.DateField(label=_("Valid from"), required=False)
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, help_text=_("The last day. Empty if it never ends.")
    )
    scope = forms.CharField(
        label=_("Scope"), max_length=3000, required=False, help_text=_("What it covers, word for word."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )  # fmt: skip
    words = ListField(
        label=_("Products that it covers, in words"),
        help_text=_("With commas between them: honey, beeswax."), widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    hs_prefixes = PrefixesField(
        label=_("HS codes that it covers"),
        help_text=_("Codes, their first digits or chapters: 0409, 07-08, 0901.11."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    site_ids = forms.TypedMultipleChoiceField(
        label=_("Your places that it names"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    is_group = forms.BooleanField(
        label=_("A group holds it, and we are a member"), required=False,
        help_text=_("A cooperative or an exporter holds it for many farms or workshops."),
    )  # fmt: skip

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: Mapping[str, Any],
        schemes: Iterable[Scheme],
        sites: Iterable[Site],
        suggested: Mapping[str, Any] | None = None,
        number_hint: str = "",
    ) -> None:
        self.suggested = {name: value for name, value in (suggested or {}).items() if not initial.get(name)}
        super().__init__(data, initial={**initial, **self.suggested})
        _offer(self, schemes)
        for name in ("valid_from", "valid_until"):
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            self.fields[name].error_messages["invalid"] = gettext("Write the day like 2027-08-14.")
        places = [(site.pk, f"{site.name}, {site.city}") for site in sites]
        _set_choices(self, "site_ids", places)
        if number_hint:
            self.fields["number"].help_text = number_hint
        for name in () if data is not None else self.suggested:
            self._mark_as_read(name)

    def clean_hs_prefixes(self) -> list[str]:
        codes: list[str] = self.cleaned_data["hs_prefixes"]
        unknown = next((code for code in codes if len(code) == HS_LENGTH and not is_known_hs_code(code=code)), None)
        if unknown:
            raise ValidationError(
                gettext(
                    "There is no HS code %(code)s in the edition of 2022. Check it, or write its first four digits."
                )
                % {"code": f"{unknown[:4]}.{unknown[4:]}"}
            )
        return codes

    @property
    def has_news(self) -> bool:
        """Something was typed that is neither stored nor read from the document."""
        return any(name not in self.suggested or self.data.get(name) for name in self.changed_data)

    def get_values(self) -> dict[str, Any]:
        """What the service keeps."""
        values = {name: self.cleaned_data[name] for name in COLUMNS}
        return values | {"scheme_id": int(self.cleaned_data["scheme"]), "site_ids": self.cleaned_data["site_ids"]}

    def _mark_as_read(self, name: str) -> None:
        field = self.fields[name]
        mark = gettext("Read from the document, please check.")
        field.help_text = format_html('<span class="read-mark">{}</span> {}', mark, field.help_text)
        field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} read".strip()


def make_initial(certificate: Certificate) -> dict[str, Any]:
    """What the form shows of a certificate."""
    values = {name: getattr(certificate, name) for name in COLUMNS}
    values |= {name: ", ".join(values[name]) for name in LISTS}
    sites = list(certificate.sites.values_list("pk", flat=True))
    return values | {"scheme": str(certificate.scheme_id), "site_ids": sites}


def make_typed(data: QueryDict) -> dict[str, Any]:
    """What was typed, to show it again unjudged."""
    typed: dict[str, Any] = {name: data.get(name, "") for name in COLUMNS}
    return typed | {"scheme": data.get("scheme", ""), "site_ids": data.getlist("site_ids")}


def _offer(form: forms.Form, schemes: Iterable[Scheme]) -> None:
    """Schemes in groups of their kind, each named for the paper that it is."""
    groups: dict[str, list[tuple[str, str]]] = {kind: [] for kind in SchemeKind.values}
    for scheme in schemes:
        groups[scheme.kind].append((str(scheme.pk), _name(scheme)))
    labels = dict(SchemeKind.choices)
    grouped = [(labels[kind], choices) for kind, choices in groups.items() if choices]
    _set_choices(form, "scheme", [("", gettext("Choose a scheme")), *grouped])


def _name(scheme: Scheme) -> str:
    if scheme.paper == Paper.CERTIFICATE:
        return scheme.name
    return gettext("%(name)s (%(paper)s)") % {"name": scheme.name, "paper": scheme.get_paper_display()}


def _set_choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices
