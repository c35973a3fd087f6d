"""What a buyer tells of the organisation, which tax numbers and which addresses are real, what a browser is called."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import stdnum
from stdnum.exceptions import ValidationError

from accounts.exceptions import TaxNumberWrong

DEMO_DOMAIN = "demo.example"
"""Where the addresses of demo people end. Their password is printed for everybody, so production refuses them."""


def is_demo_address(email: str) -> bool:
    """Whether an address belongs to somebody of the demo."""
    return email.strip().lower().endswith(f"@{DEMO_DOMAIN}")


@dataclass(frozen=True)
class BuyerDetails:
    """A buyer's organisation, as typed; `country` is an ISO 3166 code."""

    organisation: str
    country: str
    address: str = ""
    postcode: str = ""
    city: str = ""
    tax_id: str = ""
    website: str = ""


def check_tax_number(*, country: str, number: str) -> str:
    """The number as the country writes it, or as typed where python-stdnum does not know the country's numbers.

    Countries differ in what they print on an invoice (VAT or taxpayer number): either will do. Raises TaxNumberWrong.
    """
    if not number:
        return ""
    kinds = _list_number_kinds(country)
    for kind in kinds:
        try:
            return str(kind.validate(number))
        except ValidationError:
            continue
    if kinds:
        raise TaxNumberWrong
    return number


def knows_tax_numbers(country: str) -> bool:
    """Whether the check digits of this country's numbers can be looked at here."""
    return bool(_list_number_kinds(country))


def _list_number_kinds(country: str) -> list[Any]:
    found = (stdnum.get_cc_module(country.lower(), name) for name in ("vat", "tin")) if country else ()
    return [kind for kind in found if kind]


# The first that is found counts: Edge and Opera also say "Chrome", Chrome also says "Safari", Android also says "Linux".
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("UCBrowser", "UC Browser"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("KAIOS", "KaiOS"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Device:
    """A browser and the system it runs on, by the names that people know; "" where unknown."""

    browser: str
    system: str


def name_device(user_agent: str) -> Device:
    """The browser and system that a User-Agent header speaks of."""
    return Device(
        browser=next((name for sign, name in BROWSERS if sign in user_agent), ""),
        system=next((name for sign, name in SYSTEMS if sign in user_agent), ""),
    )


@dataclass(frozen=True)
class SecondFactorProof:
    """When a second factor was proved, and since when the person has it: one that was set up just now proves little."""

    at: datetime
    since: datetime
