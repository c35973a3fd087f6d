"""Pallets and containers: sizes inside and what they carry, each figure with the page that it was read on."""

from dataclasses import dataclass

from shipping.rules.stowage import Box

TALLEST_LOADED_PALLET_MM = 1_944
"""Ours: 1.80 m of goods on a pallet of 144 mm, below the doors of every container in the list."""


@dataclass(frozen=True)
class Pallet:
    """A pallet, its own weight and what it carries, in millimetres and grams."""

    code: str
    length_mm: int
    width_mm: int
    height_mm: int
    own_weight_g: int
    payload_g: int
    source: str
    read_on: str

    def room_above(self, tallest_mm: int = TALLEST_LOADED_PALLET_MM) -> Box:
        """Where cartons may stand, nothing sticking out."""
        return Box(self.length_mm, self.width_mm, max(0, tallest_mm - self.height_mm))


@dataclass(frozen=True)
class Container:
    """A dry container: inner sizes and door in millimetres, payload in grams, the day on which the pages were read."""

    code: str
    name: str
    inside: Box
    door_width_mm: int
    door_height_mm: int
    payload_g: int
    size_source: str
    payload_source: str
    read_on: str


WORLD_SHIPPING = "https://www.worldshipping.org/about-the-industry/containers/dry-cargo-containers"
"""The World Shipping Council's table. Its door of the 40-foot high cube, 2.640 m, is wider than the inside: we take the other types' 2.340 m."""
PAYLOADS = "https://www.freightutils.com/containers"
"""The lowest of the payloads that we read; what a box may carry is written on its door, and roads often allow less."""
READ_ON = "2026-11-26"

EURO_PALLET = Pallet(
    "EUR1", 1200, 800, 144, 25_000, 1_500_000, "https://www.epal-pallets.org/eu-en/load-carriers/epal-euro-pallet/", READ_ON
)  # fmt: skip
INDUSTRY_PALLET = Pallet(
    "EUR3", 1200, 1000, 144, 30_000, 1_500_000, "https://www.epal-pallets.de/eu-en/load-carriers/epal-3-pallet", READ_ON
)  # fmt: skip
PALLETS = (EURO_PALLET, INDUSTRY_PALLET)

CONTAINERS = (
    Container("20", "20'", Box(5896, 2350, 2393), 2340, 2274, 28_180_000, WORLD_SHIPPING, PAYLOADS, READ_ON),
    Container("40", "40'", Box(12032, 2350, 2392), 2340, 2274, 26_730_000, WORLD_SHIPPING, PAYLOADS, READ_ON),
    Container("40HC", "40' HC", Box(12032, 2350, 2697), 2340, 2577, 26_540_000, WORLD_SHIPPING, PAYLOADS, READ_ON),
)
