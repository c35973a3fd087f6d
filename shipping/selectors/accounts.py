"""Accounts at carriers, for those who look after them and for the lookup that asks with them."""

from collections.abc import Iterator, Sequence
from typing import Any

from core.doctor import Finding
from core.errors import NotFound
from core.secrets import SecretUnreadable, decrypt_all
from shipping.choices import CarrierEnvironment
from shipping.exceptions import AccountUnreadable
from shipping.models import CarrierAccount
from shipping.providers.base import Account
from storefronts.models import Member

SEALED = ("sealed_number", "sealed_user", "sealed_secret")
WHERE_KEYS_ARE = "Bring the file field-*.key back into the folder of keys (docs/howto/field-keys.md)."


def list_accounts(*, user: Any, company_id: int | None) -> list[CarrierAccount]:
    """The accounts of a firm for its members, those of the agency (None) for officers; without their credentials. Two queries.

    Raises NotFound for everybody else.
    """
    require_insight(user=user, company_id=company_id)
    return list(CarrierAccount.objects.filter(company=company_id).defer(*SEALED))


def get_account(*, user: Any, company_id: int | None, account_id: int) -> CarrierAccount:
    """One of them, without its credentials. Two queries. Raises NotFound."""
    require_insight(user=user, company_id=company_id)
    found = CarrierAccount.objects.filter(company=company_id, pk=account_id).defer(*SEALED).first()
    if found is None:
        raise NotFound
    return found


def require_insight(*, user: Any, company_id: int | None) -> None:
    """Officers know the agency's accounts, members those of their firm. Raises NotFound."""
    if company_id is None:
        is_known = user.is_authenticated and user.is_officer
    else:
        is_known = user.is_authenticated and Member.objects.filter(company=company_id, user=user).exists()
    if not is_known:
        raise NotFound


def list_asked_accounts(*, company_id: int, by_buyers: bool) -> list[CarrierAccount]:
    """Accounts that a lookup about goods of this exporter asks, and paused ones, which it names as not asked. One query.

    Those of the agency and of the exporter; for buyers only what is open to them. Credentials come by `open_account`.
    """
    return list(CarrierAccount.objects.asked_for(company_id=company_id, by_buyers=by_buyers))


def open_account(*, account: CarrierAccount) -> Account:
    """The account as a provider asks with it, decrypted: never to be kept, shown or logged. Raises AccountUnreadable."""
    try:
        number, user, secret = decrypt_all(account.sealed_number, account.sealed_user, account.sealed_secret)
    except SecretUnreadable as error:
        raise AccountUnreadable(account=str(account)) from error
    return Account(f"account-{account.pk}", CarrierEnvironment(account.environment), number, user, secret)


def list_company_account_ids(*, company_id: int) -> list[str]:
    """The keys of a firm's accounts as the audit writes them, for the team page."""
    return [str(pk) for pk in CarrierAccount.objects.filter(company=company_id).values_list("pk", flat=True)]


def name_accounts(*, subject_ids: Sequence[str]) -> dict[str, str]:
    """Key to carrier and name."""
    return {str(row.pk): str(row) for row in CarrierAccount.objects.filter(pk__in=subject_ids).defer(*SEALED)}


def look_at_carrier_accounts() -> Iterator[Finding]:
    """Whether the keys in the folder open every account at a carrier. Fills core's doctor."""
    rows = list(CarrierAccount.objects.all())
    try:
        for row in rows:
            open_account(account=row)
    except AccountUnreadable:
        yield Finding(
            "Accounts at carriers", "The credentials of an account cannot be read: its key is not here.", WHERE_KEYS_ARE
        )
        return
    yield Finding("Accounts at carriers", f"The credentials of {len(rows)} accounts can be read.")
