"""All that the demo country ships with: rate cards, forwarders, and where exporters' goods leave from."""

from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from demo.seed.forwarding import plant_forwarders
from demo.seed.rate_cards import plant_rate_cards
from shipping.models import ProfileCharge, ShippingProfile
from storefronts.models import Company

CHARGES = (
    ("pickup", "shipment", "45", "0"), ("export_clearance", "shipment", "85", "0"), ("origin_terminal", "kg", "0.06", "25"),
)  # fmt: skip
WITH_PROFILE = 12
"""Of the first companies; the others ship from their town and have priced nothing, as most have."""


def plant_freight(*, officer: User) -> None:
    """Cards, forwarders and shipping profiles."""
    plant_rate_cards(officer=officer)
    plant_forwarders()
    plant_profiles()


def plant_profiles() -> int:
    """Shipping profiles with made-up charges in US dollars; how many."""
    now = timezone.now()
    companies = list(Company.objects.order_by("pk")[:WITH_PROFILE])
    for company in companies:
        profile = ShippingProfile.objects.create(
            company=company, name=company.city or company.country, is_default=True, country=company.country, city=company.city,
            handling_days=5, insurance_percent=Decimal("0.45"), changed_at=now,
        )  # fmt: skip
        ProfileCharge.objects.bulk_create(
            ProfileCharge(
                profile=profile,
                leg=leg,
                basis=basis,
                amount=Decimal(amount),
                minimum=Decimal(minimum),
                currency="USD",
                stated_on=now.date(),
            )
            for leg, basis, amount, minimum in CHARGES
        )
    return len(companies)
