"""Reads of the accounts room."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings

from accounts.models import BuyerProfile, User
from accounts.rules import DEMO_DOMAIN
from core.doctor import Finding

DEMO_NAMED = 10


def find_buyer_profile(*, user: User) -> BuyerProfile | None:
    """The profile of a person who buys, or None."""
    return BuyerProfile.objects.filter(user=user).first()


def find_person(*, email: str) -> User | None:
    """Who has this address, confirmed or not, in any case of letters; None when nobody has it."""
    owner: User | None = User.objects.filter(email__iexact=email.strip()).first()
    if owner:
        return owner
    address: Any = (
        EmailAddress.objects.select_related("user").filter(email__iexact=email.strip(), verified=True).first()
    )
    return address.user if address else None


def count_second_factors(*, user: User) -> int:
    """Authenticator apps and passkeys of a person; recovery codes do not count, they only replace a lost one."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    number: int = Authenticator.objects.filter(user=user, type__in=kinds).count()
    return number


def list_demo_people() -> list[str]:
    """The addresses of demo people, in order."""
    found = User.objects.filter(email__iendswith=f"@{DEMO_DOMAIN}").order_by("email")
    return list(found.values_list("email", flat=True))


def find_demo_people() -> Iterator[Finding]:
    """What the doctor says of demo people in production; elsewhere they belong there."""
    if settings.DEMO_ALLOWED:
        return
    people = list_demo_people()
    if not people:
        yield Finding("Demo", "No demo people are in the database.")
        return
    named = ", ".join(people[:DEMO_NAMED]) + (
        f" and {len(people) - DEMO_NAMED} more" if len(people) > DEMO_NAMED else ""
    )
    advice = "Nobody can sign in as one of them, but what they made is shown. Start with an empty database."
    yield Finding("Demo", f"Demo people are in the database of this production site: {named}.", advice)
