"""Less than a container: billed by weight or measure, whichever is more."""

from dataclasses import dataclass
from decimal import Decimal

from shipping.rules.measures import EXACT, Rounding

SEA_KG_PER_M3 = Decimal(1000)
"""One revenue ton is a tonne or a cubic metre (https://howtoexportimport.com/Compute-Basic-Ocean-freight-under-LCL-shipment-10323.aspx)."""


@dataclass(frozen=True)
class Measured:
    """Volume, weight as volume and the revenue tons that are billed; `amount` is None where no rate was given."""

    volume_m3: Decimal
    weight_m3: Decimal
    chargeable_m3: Decimal
    amount: Decimal | None


def rate_weight_or_measure(
    *, volume_m3: Decimal, weight_kg: Decimal, kg_per_m3: Decimal = SEA_KG_PER_M3, rate: Decimal | None = None,
    least_m3: Decimal = Decimal(0), minimum: Decimal = Decimal(0), rounding: Rounding = EXACT,
) -> Measured:  # fmt: skip
    """W/M: the larger of cubic metres and weight over kg per m³, rounded, at least `least_m3`; the price at least `minimum`."""
    weight_m3 = weight_kg / kg_per_m3
    chargeable_m3 = max(rounding.apply(max(volume_m3, weight_m3)), least_m3)
    amount = None if rate is None else max(chargeable_m3 * rate, minimum)
    return Measured(volume_m3, weight_m3, chargeable_m3, amount)
