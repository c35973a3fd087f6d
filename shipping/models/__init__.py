"""Rate cards: tariffs with their versions, zones, prices and surcharges."""

from shipping.models.card import Area, CardPrice, CardSurcharge, Zone
from shipping.models.tariff import Tariff, TariffQuerySet, TariffVersion, TariffVersionQuerySet

__all__ = [
    "Area",
    "CardPrice",
    "CardSurcharge",
    "Tariff",
    "TariffQuerySet",
    "TariffVersion",
    "TariffVersionQuerySet",
    "Zone",
]
