"""Accounts at carriers for the authorisation matrix: their names may be read by some, their credentials by nobody."""

from core.secrets import encrypt
from demo.seed.scopes import Scope
from shipping.choices import Carrier
from shipping.models import CarrierAccount


def plant_accounts_of(scope: Scope) -> None:
    """One of the firm, whose name officers read beside how it answers, and one of the agency."""
    own = scope.canary("carrieraccount", "officer", "administrator")
    agencys = scope.canary("agencyaccount")
    scope.canaries[agencys] = ["administrator", "officer"]
    for name, company in ((own, scope.company), (agencys, None)):
        secret = scope.canary(f"{'own' if company else 'agencys'}secret")
        scope.canaries[secret] = []
        account = CarrierAccount.objects.create(
            company=company, carrier=Carrier.UPS, name=name, is_for_buyers=True, created_by=scope.owner, sealed_number=encrypt(f"number{secret}"),
            sealed_user=encrypt(f"user{secret}"), sealed_secret=encrypt(secret),
        )  # fmt: skip
        scope.objects["carrier_account" if company else "agency_account"] = account.pk
