"""Cargo insurance: what is insured and what it costs.

CIF and CIP bind the seller to at least 110% of the price (Incoterms 2020: https://aklogisticsandsupplychain.com/2020/02/11/changes-to-cif-and-cip-in-incoterms-2020/
and https://52by.com/learning/4, read on 2026-11-26).
"""

from dataclasses import dataclass
from decimal import Decimal

from shipping.exceptions import CoverTooLow

LEAST_PERCENT = Decimal(110)
BOUND_TERMS = frozenset({"CIF", "CIP"})


@dataclass(frozen=True)
class Cover:
    """The sum insured, the premium, and the value of the goods with freight and premium; unrounded."""

    insured: Decimal
    premium: Decimal
    cif: Decimal


def insure(
    *, base: Decimal, rate_percent: Decimal, percent: Decimal = LEAST_PERCENT, includes_premium: bool = False,
    minimum: Decimal = Decimal(0), term: str = "",
) -> Cover:  # fmt: skip
    """Insure so many percent of the base. `includes_premium`: of the CIF value, which holds the premium itself: CIF = CFR / (1 - percent × rate).

    Raises CoverTooLow below 110% under CIF and CIP.
    """
    if term in BOUND_TERMS and percent < LEAST_PERCENT:
        raise CoverTooLow
    share = percent / 100 * rate_percent / 100
    cif = base / (1 - share) if includes_premium else base * (1 + share)
    insured = (cif if includes_premium else base) * percent / 100
    premium = max(cif - base, minimum)
    return Cover(insured, premium, base + premium)
