"""What an agency's list of members would do, row by row, before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.words import fold
from reference.selectors import CURRENCIES, list_categories, list_countries
from storefronts.adapters.member_files import MemberRow
from storefronts.adapters.registration import check_registration_number
from storefronts.choices import CompanyKind, OwnerSex, RegistrationCheck
from storefronts.models import Company
from storefronts.rules import clean_channel

LONGEST = {
    "legal_name": 160,
    "registration_number": 40,
    "region": 80,
    "city": 80,
    "member_number": 40,
    "contact_name": 120,
}
SEXES = {
    "f": OwnerSex.WOMEN,
    "female": OwnerSex.WOMEN,
    "woman": OwnerSex.WOMEN,
    "m": OwnerSex.MEN,
    "male": OwnerSex.MEN,
    "man": OwnerSex.MEN,
}
EARLIEST_YEAR = 1990
MOST_NUMBER = {int: 10**9, Decimal: 10**11}


@dataclass
class RowPlan:
    """A row with its clean values, what would happen (add, same, faulty), and what is wrong by column."""

    number: int
    values: dict[str, Any]
    problems: list[tuple[str, str]] = field(default_factory=list)
    is_known: bool = False

    @property
    def act(self) -> str:
        return "faulty" if self.problems else "same" if self.is_known else "add"


@dataclass(frozen=True)
class ImportPlan:
    """All rows, and how many are new, known already, and wrong."""

    rows: tuple[RowPlan, ...]

    def count(self, act: str) -> int:
        return sum(row.act == act for row in self.rows)

    @property
    def added(self) -> int:
        return self.count("add")

    @property
    def same(self) -> int:
        return self.count("same")

    @property
    def faulty(self) -> int:
        return self.count("faulty")


def plan_members(*, rows: Iterable[MemberRow]) -> ImportPlan:
    """Judge every row. A firm of the same country with the same number, or the same name where one has none, is known and left as it is."""
    countries = {
        fold(name): code for language in ("en", "fr", "es") for code, name in list_countries(language=language)
    }
    sectors = {category.slug for category in list_categories()} | {""}
    plans = [_clean_row(row, countries, sectors) for row in rows]
    known = {
        key
        for company in Company.objects.only("legal_name", "registration_number", "country")
        for key in _list_keys(company.country, company.legal_name, company.registration_number)
    }
    seen: dict[tuple[str, str], int] = {}
    for plan in plans:
        keys = _list_keys(plan.values["country"], plan.values["legal_name"], plan.values["registration_number"])
        first = next((seen[key] for key in keys if key in seen), None)
        if first is not None and keys:
            plan.problems.append(
                ("legal_name", _("The firm stands there twice: row %(row)s has it too.") % {"row": first})
            )
        plan.is_known = any(key in known for key in keys)
        seen.update(dict.fromkeys(keys, plan.number))
    return ImportPlan(tuple(plans))


def list_unconfirmed() -> QuerySet[Company]:
    """Firms that the agency entered and that nobody has taken over yet."""
    return (
        Company.objects.unconfirmed()
        .select_related("agency_facts")
        .prefetch_related("invitations", "claim_codes")
        .order_by("legal_name")
    )


def _list_keys(country: str, name: str, number: str) -> list[tuple[str, str]]:
    """By what two rows are the same firm."""
    keys = [(country, f"name {fold(name)}")] if name else []
    digits = "".join(letter for letter in fold(number) if letter.isalnum())
    return [*keys, (country, f"number {digits}")] if digits else keys


def _clean_row(row: MemberRow, countries: dict[str, str], sectors: set[str]) -> RowPlan:
    plan = RowPlan(row.number, {})
    cells = {name: " ".join(cell.split()) for name, cell in row.cells.items()}
    _clean_words(plan, cells)
    _clean_choices(plan, cells, countries, sectors)
    _clean_contacts(plan, cells)
    _clean_numbers(plan, cells)
    return plan


def _clean_words(plan: RowPlan, cells: dict[str, str]) -> None:
    for name, most in LONGEST.items():
        plan.values[name] = cells.get(name, "")[:most]
        if len(cells.get(name, "")) > most:
            plan.problems.append((name, _("It is longer than %(most)s characters.") % {"most": most}))
    if not plan.values["legal_name"]:
        plan.problems.append(("legal_name", _("The name is missing.")))


def _clean_choices(plan: RowPlan, cells: dict[str, str], countries: dict[str, str], sectors: set[str]) -> None:
    typed = cells.get("country", "")
    code = typed.upper() if typed.upper() in countries.values() else countries.get(fold(typed), "")
    no_country = _("“%(typed)s” is no country: write its name or its two letters.")
    _keep(plan, "country", code, typed, no_country, is_needed=True)
    kind = cells.get("kind", "").lower() or CompanyKind.MAKER.value
    _keep(
        plan,
        "kind",
        kind if kind in CompanyKind.values else "",
        kind,
        _("“%(typed)s” is none of maker, trader, service."),
    )
    sector = cells.get("sector", "").lower()
    _keep(plan, "sector", sector if sector in sectors else "", sector, _("“%(typed)s” is no branch of the catalogue."))
    sex = cells.get("owner_sex", "").lower()
    known = SEXES.get(sex, sex)
    _keep(
        plan, "owner_sex", known if known in OwnerSex.values else "", sex, _("“%(typed)s” is none of women, men, both.")
    )
    currency = cells.get("exports_currency", "").upper()
    no_currency = _("“%(typed)s” is no currency that we know.")
    _keep(plan, "exports_currency", currency if currency in CURRENCIES else "", currency, no_currency)
    result = check_registration_number(country=code, number=plan.values["registration_number"])
    if result.state == RegistrationCheck.INVALID:
        plan.problems.append(("registration_number", _("A digit is wrong: the check digit does not fit.")))


def _clean_contacts(plan: RowPlan, cells: dict[str, str]) -> None:
    words = _("“%(typed)s” cannot be used. Phones begin with + and the country code.")
    for name in ("email", "phone", "website"):
        cleaned = clean_channel(name, cells[name]) if cells.get(name) else ""
        _keep(plan, name, cleaned or "", cells.get(name, ""), words)
    try:
        if plan.values["email"]:
            validate_email(plan.values["email"])
    except ValidationError:
        plan.problems.append(("email", _("This is no e-mail address.")))


def _clean_numbers(plan: RowPlan, cells: dict[str, str]) -> None:
    for name in ("jobs_women", "jobs_men", "exports_year"):
        plan.values[name] = _read_number(plan, name, cells.get(name, ""), int)
    plan.values["exports_last_year"] = _read_number(
        plan, "exports_last_year", cells.get("exports_last_year", ""), Decimal
    )
    if plan.values["exports_last_year"] is not None and not cells.get("exports_currency"):
        plan.problems.append(("exports_currency", _("The currency of the exports is missing.")))
    year = plan.values["exports_year"]
    if year is not None and not EARLIEST_YEAR <= year <= timezone.localdate().year:
        words = _("Write a year between %(first)s and now.")
        plan.problems.append(("exports_year", words % {"first": EARLIEST_YEAR}))


def _keep(plan: RowPlan, name: str, value: str, typed: str, words: str, *, is_needed: bool = False) -> None:
    plan.values[name] = value
    if not value and (typed or is_needed):
        plan.problems.append((name, words % {"typed": typed}))


def _read_number(plan: RowPlan, name: str, typed: str, kind: type[int] | type[Decimal]) -> Any:
    if not typed:
        return None
    plain = typed.replace(" ", "").replace("\u00a0", "").replace(",", "")
    try:
        number = kind(plain)
    except (ValueError, InvalidOperation):
        number = None
    if number is None or not 0 <= number < MOST_NUMBER[kind]:
        plan.problems.append((name, _("“%(typed)s” is no number from 0 on. Write digits only.") % {"typed": typed}))
        return None
    return number
