"""Rate cards, duty and tax rules, accounts at carriers, lookups with their offers, forwarders, shipping profiles, snapshots."""

from shipping.models.account import CarrierAccount
from shipping.models.border import STALE_AFTER, BorderRule, DutyRule, OriginGroup, RuleSet, TaxRule
from shipping.models.card import Area, CardPrice, CardSurcharge, Zone
from shipping.models.destination import BarredDestination
from shipping.models.forwarding import Forwarder, ForwarderRequest
from shipping.models.lookup import Attempt, Lookup, Offer
from shipping.models.profile import ProfileCharge, ShippingProfile
from shipping.models.snapshot import Snapshot
from shipping.models.tariff import Tariff, TariffQuerySet, TariffVersion, TariffVersionQuerySet

__all__ = [
    "STALE_AFTER",
    "Area",
    "Attempt",
    "BarredDestination",
    "BorderRule",
    "CardPrice",
    "CardSurcharge",
    "CarrierAccount",
    "DutyRule",
    "Forwarder",
    "ForwarderRequest",
    "Lookup",
    "Offer",
    "OriginGroup",
    "ProfileCharge",
    "RuleSet",
    "ShippingProfile",
    "Snapshot",
    "Tariff",
    "TariffQuerySet",
    "TariffVersion",
    "TariffVersionQuerySet",
    "TaxRule",
    "Zone",
]
