"""Where a carrier may be called: at its documented hosts and nowhere else; in tests on this machine."""

import ipaddress
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

from shipping.choices import CarrierEnvironment


class NotLoopback(Exception):
    """Somebody gave a base address that is neither documented by the carrier nor on this machine."""


def pick_base(hosts: Mapping[CarrierEnvironment, str], environment: CarrierEnvironment, *, loopback: str = "") -> str:
    """The base address of an account's calls. Raises NotLoopback where one is injected that leaves this machine."""
    if not loopback:
        return hosts[environment]
    parts = urlsplit(loopback)
    if parts.scheme not in {"http", "https"} or parts.username or not is_loopback(parts.hostname or ""):
        raise NotLoopback
    return loopback.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name or address."""
    address = read_address(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def is_private(url: str) -> bool:
    """Whether an address that a carrier sent leads into a private network or to this machine. Names are not looked up."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return True
    address = read_address(host)
    if address is None:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    return not address.is_global


def read_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An IP address in any notation that a resolver takes (also 0xA9FEA9FE, 2852039166, ::ffff:10.0.0.1); None for a name."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host))
        except (OSError, ValueError):
            return None
    return getattr(address, "ipv4_mapped", None) or address
