"""Incoterms 2020: the legs of a sale from the seller's door to the buyer's, and who pays each under which term.

Terms of the International Chamber of Commerce in our own words. What is named depends on the place: FCA at the seller's door leaves the
pickup to the buyer, CPT and CIP to the buyer's door include terminal and delivery.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.errors import gettext_noop


class Leg(StrEnum):
    """What costs money on the way, in order. Import clearance is three: the broker's work, the duty, the tax."""

    PICKUP = "pickup"
    EXPORT_CLEARANCE = "export_clearance"
    ORIGIN_TERMINAL = "origin_terminal"
    MAIN_CARRIAGE = "main_carriage"
    INSURANCE = "insurance"
    DESTINATION_TERMINAL = "destination_terminal"
    IMPORT_CLEARANCE = "import_clearance"
    DUTY = "duty"
    IMPORT_TAX = "import_tax"
    DELIVERY = "delivery"
    UNLOADING = "unloading"


LEG_NAMES: Mapping[Leg, str] = {
    Leg.PICKUP: gettext_noop("pickup at the exporter"),
    Leg.EXPORT_CLEARANCE: gettext_noop("export clearance"),
    Leg.ORIGIN_TERMINAL: gettext_noop("terminal at origin, with loading"),
    Leg.MAIN_CARRIAGE: gettext_noop("main carriage"),
    Leg.INSURANCE: gettext_noop("insurance"),
    Leg.DESTINATION_TERMINAL: gettext_noop("terminal at destination"),
    Leg.IMPORT_CLEARANCE: gettext_noop("import clearance"),
    Leg.DUTY: gettext_noop("import duty"),
    Leg.IMPORT_TAX: gettext_noop("import VAT or GST"),
    Leg.DELIVERY: gettext_noop("delivery to the buyer"),
    Leg.UNLOADING: gettext_noop("unloading at the buyer"),
}


class Party(StrEnum):
    """The two sides of a sale."""

    SELLER = "seller"
    BUYER = "buyer"


class Mode(StrEnum):
    """How the main carriage goes. Bulk is a ship without containers, the only one that sea-only terms were made for."""

    COURIER = "courier"
    AIR = "air"
    LCL = "lcl"
    FCL = "fcl"
    ROAD = "road"
    POST = "post"
    BULK = "bulk"


class NamedPlace(StrEnum):
    """Where the named place of a term lies; "" is where it usually does."""

    USUAL = ""
    SELLERS_DOOR = "sellers_door"
    ORIGIN_TERMINAL = "origin_terminal"
    DESTINATION_TERMINAL = "destination_terminal"
    BUYERS_DOOR = "buyers_door"


@dataclass(frozen=True)
class Term:
    """One of the eleven. `insures`: the cover that it binds the seller to. `instead`: the term to use where this one is for ships only."""

    code: str
    seller_pays: frozenset[Leg]
    sea_only: bool = False
    insures: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Advice:
    """A warning in words with their values."""

    message: str
    values: Mapping[str, str]


ABROAD = {Leg.PICKUP, Leg.EXPORT_CLEARANCE, Leg.ORIGIN_TERMINAL, Leg.MAIN_CARRIAGE}
TO_DOOR = {*ABROAD, Leg.INSURANCE, Leg.DESTINATION_TERMINAL, Leg.DELIVERY}
"""Under the D terms the seller bears the risk up to the door, so that insurance, though not asked for, is theirs."""
BORDER = {Leg.IMPORT_CLEARANCE, Leg.DUTY, Leg.IMPORT_TAX}
BEYOND_TERMINAL = frozenset({Leg.DESTINATION_TERMINAL, Leg.DELIVERY})

TERMS: Mapping[str, Term] = {
    term.code: term
    for term in (
        Term("EXW", frozenset()),
        Term("FCA", frozenset({Leg.PICKUP, Leg.EXPORT_CLEARANCE})),
        Term("FAS", frozenset({Leg.PICKUP, Leg.EXPORT_CLEARANCE}), sea_only=True, instead="FCA"),
        Term("FOB", frozenset({Leg.PICKUP, Leg.EXPORT_CLEARANCE, Leg.ORIGIN_TERMINAL}), sea_only=True, instead="FCA"),
        Term("CFR", frozenset(ABROAD), sea_only=True, instead="CPT"),
        Term("CIF", frozenset({*ABROAD, Leg.INSURANCE}), sea_only=True, insures="ICC C", instead="CIP"),
        Term("CPT", frozenset(ABROAD)),
        Term("CIP", frozenset({*ABROAD, Leg.INSURANCE}), insures="ICC A"),
        Term("DAP", frozenset(TO_DOOR)),
        Term("DPU", frozenset({*TO_DOOR, Leg.UNLOADING})),
        Term("DDP", frozenset({*TO_DOOR, *BORDER})),
    )
}
SEA_ONLY = gettext_noop(
    "%(term)s is made for ships without containers. For containers, air, road and post use %(instead)s."
)


def list_sellers_legs(code: str, place: NamedPlace = NamedPlace.USUAL) -> frozenset[Leg]:
    """What the seller pays under a term up to its named place."""
    legs = TERMS[code].seller_pays
    if code == "FCA" and place is NamedPlace.SELLERS_DOOR:
        return legs - {Leg.PICKUP}
    if code in {"CPT", "CIP"} and place is NamedPlace.BUYERS_DOOR:
        return legs | BEYOND_TERMINAL
    if code in {"DAP", "DPU", "DDP"} and place is NamedPlace.DESTINATION_TERMINAL:
        return legs - BEYOND_TERMINAL
    return legs


def holds_carriage(code: str) -> bool:
    """A price under this term pays the main carriage."""
    return Leg.MAIN_CARRIAGE in TERMS[code].seller_pays


def find_payer(code: str, leg: Leg, place: NamedPlace = NamedPlace.USUAL) -> Party:
    """Who pays a leg under a term."""
    return Party.SELLER if leg in list_sellers_legs(code, place) else Party.BUYER


def advise_on(code: str, mode: Mode) -> Advice | None:
    """The warning where a sea-only term meets a container, a plane, a lorry or a parcel, with the right alternative."""
    term = TERMS[code]
    if not term.sea_only or mode is Mode.BULK:
        return None
    return Advice(SEA_ONLY, {"term": code, "instead": term.instead})
