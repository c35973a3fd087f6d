"""Rate cards: tariffs with their versions, zones, prices and surcharges; duty and tax rules."""

from shipping.models.border import STALE_AFTER, BorderRule, DutyRule, OriginGroup, RuleSet, TaxRule
from shipping.models.card import Area, CardPrice, CardSurcharge, Zone
from shipping.models.tariff import Tariff, TariffQuerySet, TariffVersion, TariffVersionQuerySet

__all__ = [
    "STALE_AFTER",
    "Area",
    "BorderRule",
    "CardPrice",
    "CardSurcharge",
    "DutyRule",
    "OriginGroup",
    "RuleSet",
    "Tariff",
    "TariffQuerySet",
    "TariffVersion",
    "TariffVersionQuerySet",
    "TaxRule",
    "Zone",
]
