"""What people do with their own account."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.choices import Purpose
from accounts.exceptions import AddressTaken
from accounts.models import BuyerProfile, User
from accounts.rules import BuyerDetails, check_tax_number
from accounts.selectors import find_person
from core.audit import record


@transaction.atomic
def complete_sign_up(*, user: User, full_name: str, purpose: str, language: str, buyer: BuyerDetails | None) -> User:
    """Add to a new person what sign-up asked besides address and password; `buyer` for those who buy."""
    user.full_name, user.purpose, user.language = full_name, purpose, language
    user.save(update_fields=["full_name", "purpose", "language"])
    if buyer:
        _write_buyer(user, buyer)
    record("accounts.signed_up", subject=user, actor=user, fields=["full_name", "purpose", "language"])
    return user


@transaction.atomic
def change_profile(*, user: User, full_name: str, language: str, buyer: BuyerDetails | None) -> User:
    """Change one's own name, language and buyer's details (None leaves those as they are). Raises TaxNumberWrong."""
    person: User = User.objects.select_for_update().get(pk=user.pk)
    changed = [
        name for name, value in (("full_name", full_name), ("language", language)) if getattr(person, name) != value
    ]
    person.full_name, person.language = full_name, language
    person.save(update_fields=["full_name", "language"])
    if buyer:
        changed += _write_buyer(person, buyer)
    if changed:
        record("accounts.profile_changed", subject=person, actor=person, fields=changed)
    return person


@transaction.atomic
def add_person(
    *, email: str, password: str, full_name: str, purpose: str = Purpose.BUYER, language: str = "en"
) -> User:
    """Make a person whose address counts as confirmed, for a console or demo data. Raises AddressTaken."""
    if find_person(email=email):
        raise AddressTaken
    person: User = User.objects.create_user(email, password, full_name=full_name, purpose=purpose, language=language)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    record("accounts.added", subject=person, actor=None, fields=["email", "full_name", "purpose", "language"])
    return person


def _write_buyer(user: User, buyer: BuyerDetails) -> list[str]:
    """The names of the fields that changed."""
    values = {
        "organisation": buyer.organisation,
        "address": buyer.address,
        "postcode": buyer.postcode,
        "city": buyer.city,
        "country": buyer.country,
        "tax_id": check_tax_number(country=buyer.country, number=buyer.tax_id),
        "website": buyer.website.strip()[:200],
    }
    before = BuyerProfile.objects.filter(user=user).first()
    BuyerProfile.objects.update_or_create(user=user, defaults=values)
    return [name for name, value in values.items() if not before or getattr(before, name) != value]
