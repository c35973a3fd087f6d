"""The carriers that can be asked, by name."""

from collections.abc import Callable

from shipping.choices import Carrier
from shipping.providers.base import Provider
from shipping.providers.fedex import FedEx
from shipping.providers.mydhl import MyDhl
from shipping.providers.ups import Ups


def find_provider(carrier: Carrier, *, loopback: str = "") -> Provider:
    """The adapter of a carrier. `loopback` sends its calls to this machine, for tests and measurements; anywhere else is NotLoopback."""
    makers: dict[Carrier, Callable[..., Provider]] = {Carrier.MYDHL: MyDhl, Carrier.UPS: Ups, Carrier.FEDEX: FedEx}
    return makers[carrier](loopback=loopback)
