"""Clean input of the storefront's forms; nothing here writes."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.fields import NumberField
from reference.selectors import list_countries, list_currencies, list_languages
from storefronts.adapters.registration import check_registration_number
from storefronts.choices import ChannelKind, CompanyKind, EvidenceLevel, OwnerSex, RegistrationCheck, Role, SiteKind
from storefronts.models import AgencyFacts, Company
from storefronts.rules import NO_NUMBER_REASON, PICTURE_FIELDS, TOLD_FIELDS, ChannelDraft, SiteDraft, clean_channel
from storefronts.selectors.ownership import list_heirs

FIRST_YEAR, FIRST_YEAR_OF_EXPORTS = 1700, 1990
MOST_JOBS, MOST_EXPORTS = 1_000_000, Decimal(10) ** 11
CHANNEL_FAULTS = {
    ChannelKind.PHONE: _("Write the number with + and the country code, such as +233 30 200 0000."),
    ChannelKind.WHATSAPP: _("Write the number with + and the country code, such as +233 30 200 0000."),
    ChannelKind.EMAIL: _("Write an e-mail address, such as sales@example.com."),
    ChannelKind.WEBSITE: _("Write a web address, such as https://www.example.com."),
}


def list_country_choices() -> list[tuple[str, str]]:
    """Countries in the reader's language, an empty one first."""
    return [("", str(_("Choose a country"))), *list_countries(language=get_language() or "en")]


def list_market_choices() -> list[tuple[str, str]]:
    """Countries in the reader's language."""
    return list_countries(language=get_language() or "en")


def list_export_years() -> list[tuple[Any, str]]:
    """The years of which exports can be told, the last whole one first."""
    this_year = timezone.localdate().year
    return [
        (year, str(year)) for year in (this_year - 1, this_year, *range(this_year - 2, FIRST_YEAR_OF_EXPORTS - 1, -1))
    ]


def list_currency_choices() -> list[tuple[str, str]]:
    """Currencies in the reader's language, an empty one first."""
    return [("", str(_("Choose a currency"))), *list_currencies(language=get_language() or "en")]


class PrivateFactsForm(forms.Form):
    """What only the agency reads of a firm, for its counts; nothing is needed."""

    owner_sex = forms.ChoiceField(
        label=_("The firm belongs mostly to"),
        choices=[*OwnerSex.choices[:-1], ("", _("We would rather not say"))],
        required=False,
        widget=forms.RadioSelect,
    )
    jobs_women = NumberField(label=_("Jobs of women"), decimals=0, most=Decimal(MOST_JOBS), zero_allowed=True)
    jobs_men = NumberField(label=_("Jobs of men"), decimals=0, most=Decimal(MOST_JOBS), zero_allowed=True)
    exports_last_year = NumberField(
        label=_("Exports of the year"),
        decimals=2,
        most=MOST_EXPORTS,
        zero_allowed=True,
        help_text=_("0 if there were none yet."),
    )
    exports_currency = forms.ChoiceField(label=_("Currency"), choices=list_currency_choices, required=False)
    exports_year = forms.TypedChoiceField(
        label=_("Year"), choices=list_export_years, coerce=int, empty_value=None, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("exports_last_year") is None:
            if "exports_last_year" not in self.errors:
                cleaned |= {"exports_currency": "", "exports_year": None}
            return cleaned
        if not cleaned.get("exports_currency") and "exports_currency" not in self.errors:
            self.add_error("exports_currency", _("Choose the currency of the exports."))
        if not cleaned.get("exports_year") and "exports_year" not in self.errors:
            self.add_error("exports_year", _("Choose the year of the exports."))
        return cleaned

    def get_told(self) -> dict[str, Any]:
        """The clean facts by the names of their columns."""
        told = {name: self.cleaned_data[name] for name in TOLD_FIELDS}
        for name in ("jobs_women", "jobs_men"):
            told[name] = None if told[name] is None else int(told[name])
        return told


class CompanyForm(forms.Form):
    """Who the company is: asked at registration."""

    legal_name = forms.CharField(
        label=_("Legal name"),
        max_length=160,
        help_text=_("As it stands in the register."),
        error_messages={"required": _("Give the legal name of your company.")},
    )
    kind = forms.ChoiceField(
        label=_("What the company does"),
        choices=CompanyKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what your company does.")},
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=list_country_choices,
        error_messages={"required": _("Choose the country of your company.")},
    )
    region = forms.CharField(label=_("Region"), max_length=80, required=False)
    city = forms.CharField(label=_("Town"), max_length=80, required=False)
    registration_number = forms.CharField(
        label=_("Registration number"),
        max_length=40,
        required=False,
        help_text=_("From the register of companies, or your tax number."),
    )
    no_number_reason = forms.CharField(
        label=_("Why there is no number"),
        max_length=200,
        required=False,
        help_text=_("Only if you have none, such as “registered as a farmers’ group”."),
    )

    def clean_legal_name(self) -> str:
        return " ".join(self.cleaned_data["legal_name"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number, country = cleaned.get("registration_number"), cleaned.get("country")
        if (
            number
            and country
            and check_registration_number(country=country, number=number).state == RegistrationCheck.INVALID
        ):
            self.add_error(
                "registration_number",
                _("A digit of this number is wrong: its check digit does not fit. Compare it with your papers."),
            )
        return cleaned

    def get_facts(self) -> dict[str, Any]:
        """The cleaned facts, in the shape of a revision's `facts`."""
        return {name: self.cleaned_data[name] for name in FACT_FIELDS if name in self.fields}


class StorefrontForm(CompanyForm):
    """All that the storefront says of the company, its contacts and its pictures."""

    version = forms.CharField(widget=forms.HiddenInput)
    founded_year = forms.IntegerField(label=_("Founded in"), required=False, min_value=FIRST_YEAR)
    exporting_since = forms.IntegerField(label=_("Exporting since"), required=False, min_value=FIRST_YEAR)
    export_markets = forms.MultipleChoiceField(
        label=_("Countries you export to"),
        required=False,
        choices=list_market_choices,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you answer in"), required=False, choices=list_languages, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.CharField(
        label=_("Yearly capacity"), max_length=80, required=False, help_text=_("Such as “180 t a year”.")
    )
    women_led = forms.BooleanField(
        label=_("Our firm is led by women, and buyers may know"),
        required=False,
        help_text=_("Buyers can look for such firms. Leave it empty if you do not want to say."),
    )
    tagline = forms.CharField(
        label=_("One line about you"), max_length=120, required=False, help_text=_("It stands under your name.")
    )
    story = forms.CharField(
        label=_("Your story"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Who you are, what you make and how, what you are proud of. An empty line begins a new paragraph."),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    phone_shown = forms.BooleanField(label=_("Show it to buyers"), required=False)
    whatsapp = forms.CharField(
        label=_("WhatsApp"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    whatsapp_shown = forms.BooleanField(label=_("Show it to buyers"), required=False)
    email = forms.CharField(
        label=_("E-mail"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )
    email_shown = forms.BooleanField(label=_("Show it to buyers"), required=False)
    website = forms.CharField(
        label=_("Website"), max_length=200, required=False, widget=forms.TextInput(attrs={"inputmode": "url"})
    )
    website_shown = forms.BooleanField(label=_("Show it to buyers"), required=False)
    logo = forms.FileField(label=_("Logo"), required=False, allow_empty_file=True)
    cover = forms.FileField(label=_("Cover picture"), required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for kind in ChannelKind:
            text = cleaned.get(kind.value, "").strip()
            if text and clean_channel(kind.value, text) is None:
                self.add_error(kind.value, CHANNEL_FAULTS[kind])
        this_year = timezone.localdate().year
        for name in ("founded_year", "exporting_since"):
            if (cleaned.get(name) or 0) > this_year:
                self.add_error(name, _("This year has not come yet."))
        return cleaned

    def get_channels(self) -> list[ChannelDraft]:
        """The four contacts; an empty one takes the old one away."""
        return [
            ChannelDraft(kind.value, self.cleaned_data[kind.value], is_shown=self.cleaned_data[f"{kind.value}_shown"])
            for kind in ChannelKind
        ]


FACT_FIELDS = (
    "legal_name", "kind", "country", "region", "city", "registration_number", NO_NUMBER_REASON, "founded_year", "exporting_since",
    "export_markets", "languages", "capacity", "women_led", "tagline", "story",
)  # fmt: skip


class SiteForm(forms.Form):
    """A place where the company works; a row left empty is no place."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name, such as “Washing station”"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose a kind")), *SiteKind.choices])
    city = forms.CharField(label=_("Town"), max_length=80)
    region = forms.CharField(label=_("Region"), max_length=80, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=list_country_choices)


class BaseSiteFormSet(forms.BaseFormSet[SiteForm]):
    """The company's places."""

    def get_sites(self) -> list[SiteDraft]:
        """What shall stand: rows that are filled and not ticked for removal."""
        rows = [form.cleaned_data for form in self.forms if form.has_changed() or form.initial]
        kept = [row for row in rows if row and not row.get("DELETE")]
        return [
            SiteDraft(row["name"], row["kind"], row["city"], row["region"], row["country"], id=row.get("id"))
            for row in kept
        ]


SiteFormSet: Callable[..., BaseSiteFormSet] = forms.formset_factory(  # type: ignore[assignment]  # the stubs forget the base class
    SiteForm, formset=BaseSiteFormSet, extra=1, can_delete=True, max_num=20, validate_max=True, absolute_max=40
)


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, help_text=_("The invitation is good for seven days."))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.EDITOR, widget=forms.RadioSelect)


class OfferForm(forms.Form):
    """To whom an owner hands the company."""

    def __init__(self, data: Any = None, *, company: Company) -> None:
        super().__init__(data)
        heirs = [(member.pk, str(member.user)) for member in list_heirs(company=company)]
        self.fields["colleague"] = forms.TypedChoiceField(
            label=_("Colleague"), coerce=int, choices=[("", _("Choose a colleague")), *heirs]
        )


class RoleForm(forms.Form):
    """A colleague's new role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class VerificationForm(forms.Form):
    """What an officer states when a company is approved."""

    evidence_level = forms.TypedChoiceField(
        label=_("How it was checked"),
        choices=EvidenceLevel.choices[1:],
        coerce=int,
        initial=EvidenceLevel.DOCUMENT_SEEN,
    )
    verified_until = forms.DateField(label=_("Valid until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any = None, *, case: Any) -> None:  # noqa: ARG002  every kind's form is told its case
        super().__init__(data)
        self.fields["verified_until"].initial = timezone.localdate() + timedelta(days=365)

    def clean_verified_until(self) -> Any:
        until = self.cleaned_data["verified_until"]
        if until <= timezone.localdate():
            raise forms.ValidationError(_("The verification must end on a later day than today."))
        return until


def make_initial(*, company: Company, facts: dict[str, Any], version: str) -> dict[str, Any]:
    """What the storefront form starts from."""
    initial = {name: facts.get(name) for name in FACT_FIELDS} | {"version": version}
    initial |= {f"{kind.value}_shown": True for kind in ChannelKind}
    for channel in company.channels.all():
        initial |= {channel.kind: channel.value, f"{channel.kind}_shown": channel.is_shown}
    return initial


def make_initial_sites(*, company: Company) -> list[dict[str, Any]]:
    """The company's places, a row each."""
    return [dict(row) for row in company.sites.values("id", "name", "kind", "city", "region", "country")]


def make_told_initial(*, facts: AgencyFacts | None) -> dict[str, Any]:
    """What the form of private facts starts from."""
    return {name: getattr(facts, name) for name in TOLD_FIELDS} if facts else {}


def list_files(form: StorefrontForm) -> list[tuple[str, Any]]:
    """The pictures that came with the form."""
    return [(place, form.files[place]) for place in PICTURE_FIELDS if form.files.get(place)]


class MemberFileForm(forms.Form):
    """An agency's list of members."""

    file = forms.FileField(
        label=_("List of members (XLSX or CSV in UTF-8)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
        error_messages={"required": _("Choose a file.")},
    )


class ClaimForm(forms.Form):
    """The code of a printed letter."""

    code = forms.CharField(
        label=_("Code of your letter"), max_length=40, help_text=_("Twelve letters and figures, such as ABCD-2345-WXYZ."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}),
        error_messages={"required": _("Write the code that stands in your letter.")},
    )  # fmt: skip


class PaymentForm(forms.Form):
    """An account that buyers shall pay to; what is wrong with it is the rules' to say."""

    holder = forms.CharField(
        label=_("Account holder"), max_length=140, help_text=_("Your company, as the bank writes it.")
    )
    bank = forms.CharField(label=_("Bank"), max_length=140)
    number = forms.CharField(
        label=_("IBAN or account number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    bic = forms.CharField(
        label=_("BIC (SWIFT code)"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


class CallForm(forms.Form):
    """What an officer heard on the phone, or why a change is refused."""

    number = forms.CharField(
        label=_("Number that you called"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr"}),
        help_text=_("One from before the change, never one that came with it."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Call note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Whom you spoke to, and what they said."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Or refuse it: why?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("The owners read it."),
    )  # fmt: skip
