"""What an exporter's own legs cost by its shipping profile: of a shipment, or of its kilograms or cubic metres."""

from dataclasses import dataclass
from decimal import Decimal

from core.money import Money
from shipping.choices import ChargeBasis
from shipping.rules.loads import Load
from shipping.rules.measures import from_g
from shipping.rules.zones import Place


@dataclass(frozen=True)
class ProfileFacts:
    """What a profile says beside its charges. `insurance_percent` is None where the exporter has not said it."""

    name: str
    country: str
    city: str
    postcode: str = ""
    locode: str = ""
    handling_days: int = 0
    insurance_percent: Decimal | None = None

    @property
    def origin(self) -> Place:
        """Where the goods leave from."""
        return Place(self.country, postcode=self.postcode, city=self.city, locode=self.locode)


@dataclass(frozen=True)
class Charge:
    """What a leg costs: the amount of one shipment, kilogram or cubic metre, and the least that is asked."""

    leg: str
    basis: str
    amount: Decimal
    currency: str
    minimum: Decimal = Decimal(0)


def count_charge(charge: Charge, load: Load) -> Money:
    """What the charge comes to for a load, by its gross weight or volume as it stands, in whole minor units; never below its least."""
    measure = {
        ChargeBasis.SHIPMENT: Decimal(1),
        ChargeBasis.KG: from_g(Decimal(load.weight_g), "kg"),
        ChargeBasis.M3: load.volume_m3,
    }[ChargeBasis(charge.basis)]
    return Money(max(charge.amount * measure, charge.minimum), charge.currency).round_minor()
