"""What officers check, which state follows which, and the plain shapes that the seller's pages are made of."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from stdnum import bic, iban

from core.errors import gettext_noop
from storefronts.choices import CompanyState, RegistrationCheck, StepState
from storefronts.exceptions import AccountNumberWrong, BicWrong, IbanWrong, PaymentFactMissing

REVIEWED_FIELDS: dict[str, str] = {
    "legal_name": gettext_noop("Legal name"),
    "kind": gettext_noop("What the company does"),
    "country": gettext_noop("Country"),
    "region": gettext_noop("Region"),
    "city": gettext_noop("Town"),
    "registration_number": gettext_noop("Registration number"),
    "founded_year": gettext_noop("Founded in"),
    "exporting_since": gettext_noop("Exporting since"),
    "export_markets": gettext_noop("Countries exported to"),
    "languages": gettext_noop("Languages you answer in"),
    "capacity": gettext_noop("Yearly capacity"),
    "women_led": gettext_noop("Led by women"),
    "tagline": gettext_noop("One line about you"),
    "story": gettext_noop("Your story"),
    "logo": gettext_noop("Logo"),
    "cover": gettext_noop("Cover picture"),
}
"""Field of Company to its label. Values in a revision's facts are plain JSON; logo and cover hold an upload's id or ""."""

TOLD_FIELDS = ("owner_sex", "jobs_women", "jobs_men", "exports_last_year", "exports_currency", "exports_year")
"""What a firm tells the agency alone; the rest of AgencyFacts is the agency's own."""
PICTURE_FIELDS = ("logo", "cover")
LIST_FIELDS = ("export_markets", "languages")
YEAR_FIELDS = ("founded_year", "exporting_since")
NO_NUMBER_REASON = "no_number_reason"
RENEW_BEFORE = timedelta(days=60)
NEEDED_FIELDS = ("legal_name", "kind", "country", "city", "story")

UNCHECKED_STATES = frozenset(
    {CompanyState.DRAFT, CompanyState.SUBMITTED, CompanyState.CHANGES_ASKED, CompanyState.REJECTED}
)
"""States of a company that no officer has approved: its columns follow each save at once."""


@dataclass(frozen=True)
class RegistrationResult:
    """What the check digits of a registration number say, and by which rule (such as "gh.tin"; "" when we know none)."""

    state: RegistrationCheck
    scheme: str = ""


@dataclass(frozen=True)
class NavItem:
    """An entry of the seller's menu. `label` and `group` are English texts marked by gettext_noop, translated when shown.

    `url_name` is reversed with the company's slug. `count(member=...)` gives what waits there; None or 0 shows no number.
    Entries of the same `group` should have neighbouring orders: 10 dashboard, 20 products, 80 storefront, 90 team.
    """

    key: str
    label: str
    url_name: str
    icon: str
    order: int
    group: str = ""
    count: Callable[..., int | None] | None = None


@dataclass(frozen=True)
class NavLink:
    """A menu entry ready for the template."""

    label: str
    url: str
    icon: str
    current: bool
    count: int | None
    group: str


@dataclass(frozen=True)
class Todo:
    """One thing to do with one button, in the reader's language. `urgency`: 0 is now, 9 is some day."""

    urgency: int
    icon: str
    kind: str
    title: str
    text: str
    url: str
    button: str
    primary: bool = False


@dataclass(frozen=True)
class Number:
    """A figure of the dashboard, from real rows only; low orders come first."""

    label: str
    value: str
    note: str = ""
    order: int = 50


@dataclass(frozen=True)
class Workspace:
    """The seller's frame round a page: `company` and `member` are the model rows, `companies` all that the person belongs to."""

    company: Any
    member: Any
    nav: Sequence[NavLink]
    companies: Sequence[Any]
    switch_url: str = ""
    todo_count: int = 0


@dataclass(frozen=True)
class Step:
    """A line of a checklist."""

    label: str
    done: bool
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Readiness:
    """How far a new company has come."""

    steps: Sequence[Step] = field(default_factory=tuple)

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def missing(self) -> Sequence[Step]:
        return [step for step in self.steps if not step.done]

    @property
    def is_complete(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True)
class OnboardingStep:
    """One of a firm's first steps, in the reader's language; `state` is read from real rows, never ticked by hand.

    `minutes` is about how long it takes, ten at most. `opens_market`: buyers see the firm once all such steps are done.
    Without `url` the reader has nothing to press: it is done, it waits, or it is another person's.
    """

    key: str
    order: int
    title: str
    why: str
    minutes: int
    state: StepState
    url: str = ""
    button: str = ""
    opens_market: bool = False

    @property
    def is_done(self) -> bool:
        return self.state == StepState.DONE


@dataclass(frozen=True)
class Onboarding:
    """The first steps of a firm in order; at most one of them is the next."""

    steps: Sequence[OnboardingStep] = field(default_factory=tuple)

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def is_complete(self) -> bool:
        return self.done == self.total

    @property
    def is_in_market(self) -> bool:
        """Buyers see the firm and what it offers, so figures say more than steps."""
        return all(step.is_done for step in self.steps if step.opens_market)

    @property
    def next_step(self) -> OnboardingStep | None:
        return next((step for step in self.steps if step.state == StepState.NEXT), None)


@dataclass(frozen=True)
class Act:
    """How an act in the audit is told on the team page. `text` is English, marked by gettext_noop, with {who} and {what} in it.

    With `field` the words are for an entry that names this field; the first that fits is taken, so plain words come last.
    """

    action: str
    text: str
    field: str = ""


def arrange_steps(steps: Sequence[OnboardingStep]) -> Onboarding:
    """In order, and the first one that is open is the next."""
    ordered = sorted(steps, key=lambda step: step.order)
    first = next((step.key for step in ordered if step.state == StepState.OPEN), "")
    return Onboarding([replace(step, state=StepState.NEXT) if step.key == first else step for step in ordered])


def sort_todos(todos: Sequence[Todo]) -> list[Todo]:
    """The most urgent first; only that one gets the full button."""
    ordered = sorted(todos, key=lambda todo: todo.urgency)
    return [
        Todo(todo.urgency, todo.icon, todo.kind, todo.title, todo.text, todo.url, todo.button, primary=position == 0)
        for position, todo in enumerate(ordered)
    ]


def list_missing(facts: Mapping[str, Any], *, has_channel: bool) -> tuple[str, ...]:
    """What officers need and do not have: field names in the form's order, "channels" last."""
    missing = [name for name in NEEDED_FIELDS if not facts.get(name)]
    if not facts.get("registration_number") and not facts.get(NO_NUMBER_REASON):
        missing.append("registration_number")
    if not has_channel:
        missing.append("channels")
    return tuple(missing)


def list_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The reviewed fields that differ; nothing and "" are the same."""
    return [name for name in REVIEWED_FIELDS if (before.get(name) or None) != (after.get(name) or None)]


def is_renewable(verified_until: date | None, day: date) -> bool:
    """A verification may be renewed, with nothing changed, in its last sixty days and after its end."""
    return verified_until is None or verified_until - day <= RENEW_BEFORE


def greet(hour: int | None) -> str:
    """The part of the day, as an English greeting to be translated; a plain welcome when nobody knows the hour there."""
    if hour is None:
        return gettext_noop("Welcome")
    if hour < 5 or hour >= 18:
        return gettext_noop("Good evening")
    return gettext_noop("Good morning") if hour < 12 else gettext_noop("Good afternoon")


PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s<>\"(),;:\\]+@[^@\s]+")


def clean_phone(text: str) -> str | None:
    """A number as E.164 writes it ("+233302000101"); None when it does not begin with + and a country's code."""
    number = re.sub(r"[\s().\-/]", "", text)
    number = f"+{number[2:]}" if number.startswith("00") else number
    return number if PHONE.fullmatch(number) else None


def clean_website(text: str) -> str | None:
    """An http(s) address with a real host name, https added when none was typed; None for everything else."""
    address = text.strip()
    address = address if "://" in address else f"https://{address}"
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(HOST.fullmatch(parts.hostname or "")) and not parts.username
    except ValueError:  # an address that not even urlsplit can take apart
        return None
    return address if usable and not re.search(r"[\s<>\"]", address) else None


def clean_email(text: str) -> str | None:
    """An address in lower case; None when it has no host."""
    address = text.strip().lower()
    return address if EMAIL.fullmatch(address) and HOST.fullmatch(address.rpartition("@")[2]) else None


def clean_channel(kind: str, text: str) -> str | None:
    """The contact as it is kept; None when nobody could use it."""
    cleaners = {"phone": clean_phone, "whatsapp": clean_phone, "email": clean_email, "website": clean_website}
    return cleaners[kind](text)


def is_same_domain(email: str, website: str) -> bool:
    """Do the mail address and the website belong to one domain (its subdomains included)?"""
    mail_host = email.rpartition("@")[2].lower()
    site_host = (urlsplit(website).hostname or "").removeprefix("www.")
    return bool(mail_host) and (
        mail_host == site_host or mail_host.endswith(f".{site_host}") or site_host.endswith(f".{mail_host}")
    )


@dataclass(frozen=True)
class SiteDraft:
    """A place as the form sent it: `id` of the row that it changes, None for a new one."""

    name: str
    kind: str
    city: str
    region: str
    country: str
    id: int | None = None


@dataclass(frozen=True)
class ChannelDraft:
    """A way to be reached; an empty value takes it away."""

    kind: str
    value: str
    is_shown: bool = True


PAYMENT_WAITS = timedelta(hours=72)
"""Between asking for another account and its use: time for the other owners, the agency and the real owner of a mailbox."""
PROOF_LASTS = timedelta(minutes=5)
FACTOR_AGE = timedelta(hours=24)
"""A second factor that was set up later proves nothing yet: whoever took over an account would set one up first."""
NUMBERS_STAND_FOR = timedelta(days=30)
"""Contact numbers that were changed later are not called: whoever took over an account would change them first."""
NEW_ACCOUNT_FOR = timedelta(days=14)
"""For how long buyers read that an account is a new one."""


@dataclass(frozen=True)
class PaymentFacts:
    """An account: who holds it, at which bank, its IBAN or number, and the bank's BIC (ISO 9362) where there is one."""

    holder: str
    bank: str
    number: str
    bic: str = ""


def clean_payment(facts: PaymentFacts) -> PaymentFacts:
    """The account as it is kept: blanks made one, IBAN and BIC in capitals without blanks. Raises at the field that is wrong.

    An IBAN (two letters and two digits in front) has its check digits (ISO 13616); another number is 4 to 34 letters and digits.
    """
    holder, bank = (" ".join(text.split()) for text in (facts.holder, facts.bank))
    number, bic_code = (re.sub(r"[\s.-]", "", text).upper() for text in (facts.number, facts.bic))
    if not holder:
        raise PaymentFactMissing(field="holder")
    if not bank:
        raise PaymentFactMissing(field="bank")
    if re.match(r"[A-Z]{2}\d\d[A-Z0-9]{9,}$", number) and not iban.is_valid(number):
        raise IbanWrong
    if not re.fullmatch(r"[A-Z0-9]{4,34}", number):
        raise AccountNumberWrong
    if bic_code and not bic.is_valid(bic_code):
        raise BicWrong
    return PaymentFacts(holder[:140], bank[:140], number, bic_code)
