"""Closed lists that trade documents use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """What a price is per."""

    KG = "kg", _("kg")
    G = "g", _("g")
    TONNE = "t", _("tonne")
    LITRE = "l", _("litre")
    ML = "ml", _("ml")
    PIECE = "piece", _("piece")
    PAIR = "pair", _("pair")
    SET = "set", _("set")
    METRE = "m", _("metre")
    SQUARE_METRE = "m2", _("m²")
    CUBIC_METRE = "m3", _("m³")
    PACK = "pack", _("pack")
    DOZEN = "dozen", _("dozen")


class Incoterm(models.TextChoices):
    """The eleven rules of Incoterms 2020 (International Chamber of Commerce)."""

    EXW = "EXW", _("EXW, collected at the seller")
    FCA = "FCA", _("FCA, handed to the buyer’s carrier")
    FAS = "FAS", _("FAS, alongside the ship")
    FOB = "FOB", _("FOB, loaded on the ship")
    CFR = "CFR", _("CFR, sea freight paid")
    CIF = "CIF", _("CIF, sea freight and insurance paid")
    CPT = "CPT", _("CPT, carriage paid")
    CIP = "CIP", _("CIP, carriage and insurance paid")
    DAP = "DAP", _("DAP, delivered, not unloaded")
    DPU = "DPU", _("DPU, delivered and unloaded")
    DDP = "DDP", _("DDP, delivered with duty paid")
