"""Who may be asked for a price of dangerous goods."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Askable:
    """Whose prices an order may have: rate cards, carriers' own systems, forwarders."""

    cards: bool
    carriers: bool
    forwarders: bool

    @property
    def is_forwarders_alone(self) -> bool:
        return self.forwarders and not self.cards and not self.carriers


def find_askable(*, is_dangerous: bool, un_number: str) -> Askable:
    """A forwarder always. With a UN number cards price as usual; without one nobody else can tell what it is.

    Carriers' systems are not asked about dangerous goods at all: our questions to them declare none. A UN number alone makes goods
    dangerous, ticked or not.
    """
    if not is_dangerous and not un_number:
        return Askable(cards=True, carriers=True, forwarders=True)
    return Askable(cards=bool(un_number), carriers=False, forwarders=True)
