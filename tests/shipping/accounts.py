"""Accounts at carriers for tests: through the service, with credentials that nobody mistakes for anything else."""

from shipping.choices import Carrier, CarrierEnvironment
from shipping.rules.accounts import Credentials
from shipping.services.accounts import AccountTerms, add_account
from tests.shipping.carriers import NUMBER, SECRET, USER

CREDENTIALS = Credentials(NUMBER, USER, SECRET)
LIVE, TEST = CarrierEnvironment.PRODUCTION, CarrierEnvironment.SANDBOX
TYPED = {
    "carrier": "ups", "name": "Contract 2027", "environment": "production", "number": NUMBER, "user": USER, "secret": SECRET,
}  # fmt: skip


def terms(name="Contract 2027", environment=LIVE, *, is_for_buyers=False):
    return AccountTerms(name, environment, is_for_buyers)


def enter(actor, company=None, *, carrier=Carrier.UPS, credentials=CREDENTIALS, **said):
    """An account of the company, or of the agency."""
    company_id = company.pk if company else None
    return add_account(
        actor=actor, company_id=company_id, carrier=carrier, terms=terms(**said), credentials=credentials
    )
