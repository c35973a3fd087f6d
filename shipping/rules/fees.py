"""Fees of customs offices that are a share of the value between a least and a most; their figures change by date."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Fee:
    """A share of the value, bounded. Valid on both days; `sea_only` fees are not asked of air and land."""

    code: str
    percent: Decimal
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    sea_only: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""

    def count(self, value: Decimal, *, by_sea: bool = True) -> Decimal:
        """What it comes to, unrounded."""
        if self.sea_only and not by_sea:
            return Decimal(0)
        amount = value * self.percent / 100
        if self.minimum is not None:
            amount = max(amount, self.minimum)
        return amount if self.maximum is None else min(amount, self.maximum)

    def is_valid_on(self, day: date) -> bool:
        """Whether these are the figures of the day."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)


MPF_PERCENT = Decimal("0.3464")
HMF = "http://www.law.cornell.edu/cfr/text/19/24.24"
KWE_2022 = "https://www.kwe.com/updates/advisory/ca08032022.html"
KWE_2023 = "https://www.kwe.com/updates/advisory/ca08102023.html"
WESTAR_2024 = "https://www.westarusa.com/mpf-minimum-and-maximum-fees-adjusted/"
BUCKLAND_2025 = "https://www.buckland.com/news/cbp-announces-adjusted-customs-user-fees-for-fy-2026"
MALLORY_2020 = "https://www.mallorygroup.com/cbp-merchandise-processing-fee-mpf-effective-oct-1/"


def _processing_fee(year: int, minimum: str, maximum: str, source: str) -> Fee:
    """Of a fiscal year, which begins on 1 October of the year before."""
    begins, ends = date(year - 1, 10, 1), date(year, 9, 30)
    return Fee(
        "MPF", MPF_PERCENT, Decimal(minimum), Decimal(maximum), valid_from=begins, valid_until=ends, source=source
    )


US_FEES = (
    _processing_fee(2020, "26.79", "519.76", MALLORY_2020),
    _processing_fee(2021, "27.23", "528.33", MALLORY_2020),
    _processing_fee(2022, "27.75", "538.40", KWE_2022),
    _processing_fee(2023, "29.66", "575.35", KWE_2022),
    _processing_fee(2024, "31.67", "614.35", KWE_2023),
    _processing_fee(2025, "32.71", "634.62", WESTAR_2024),
    _processing_fee(2026, "33.58", "651.50", BUCKLAND_2025),
    Fee("HMF", Decimal("0.125"), sea_only=True, source=HMF),
)
"""Merchandise processing and harbour maintenance of the United States; a year that we have not read is not there."""


def find_fee(code: str, day: date) -> Fee | None:
    """The fee with the figures of the day; None where they are not known."""
    return next((fee for fee in US_FEES if fee.code == code and fee.is_valid_on(day)), None)
