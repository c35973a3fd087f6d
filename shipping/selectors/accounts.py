"""x."""

from core.secrets import decrypt
from shipping.choices import CarrierEnvironment
from shipping.models import CarrierAccount
from shipping.providers.base import Account


def list_asked_accounts(*, company_id: int, by_buyers: bool) -> list[CarrierAccount]:
    """x."""
    return list(CarrierAccount.objects.asked_for(company_id=company_id, by_buyers=by_buyers))


def open_account(*, account: CarrierAccount) -> Account:
    """x."""
    return Account(
        str(account.pk),
        CarrierEnvironment(account.environment),
        decrypt(account.sealed_number),
        decrypt(account.sealed_user),
        decrypt(account.sealed_secret),
    )
