"""Who sees the price of a listing."""

from dataclasses import dataclass
from enum import Enum

from listings.choices import PriceVisibility


@dataclass(frozen=True)
class Reader:
    """What decides over prices: whether the address is confirmed, whether an officer reads, whose member it is."""

    is_known: bool = False
    is_confirmed: bool = False
    is_officer: bool = False
    company_ids: frozenset[int] = frozenset()


class PriceAccess(Enum):
    """Shown, or why not."""

    SHOWN = "shown"
    SIGN_IN = "sign_in"
    CONFIRM_ADDRESS = "confirm_address"
    ON_REQUEST = "on_request"


def find_price_access(*, visibility: str, company_id: int, reader: Reader) -> PriceAccess:
    """Members of the company and officers always see the price; others as the exporter chose."""
    own = reader.is_officer or company_id in reader.company_ids
    if own or visibility == PriceVisibility.PUBLIC:
        return PriceAccess.SHOWN
    if visibility != PriceVisibility.CONFIRMED:
        return PriceAccess.ON_REQUEST
    if reader.is_confirmed:
        return PriceAccess.SHOWN
    return PriceAccess.CONFIRM_ADDRESS if reader.is_known else PriceAccess.SIGN_IN


def may_see_price(*, visibility: str, company_id: int, reader: Reader) -> bool:
    """Whether the figures themselves may be written into what this reader gets."""
    return find_price_access(visibility=visibility, company_id=company_id, reader=reader) is PriceAccess.SHOWN
