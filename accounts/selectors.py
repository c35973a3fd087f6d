"""Reads of the accounts room."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from accounts.models import BuyerProfile, User


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
