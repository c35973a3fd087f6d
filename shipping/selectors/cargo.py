"""What is to be carried, in words for a forwarder: never who buys it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.templatetags.ui import listed, size_mm, weight
from core.templatetags.ui import quantity as write_number
from listings.choices import PackageKind
from reference.selectors import get_country_name
from shipping.exceptions import MeasureMissing
from shipping.rules.loads import Package
from shipping.rules.lookups import FreightRequest, read_request
from shipping.rules.measures import to_m3
from shipping.rules.zones import Place

COARSE_M3, FINE_M3 = Decimal("0.01"), Decimal("0.001")


@dataclass(frozen=True)
class CargoFact:
    """One fact with its name; `code` for what stands from left to right in every language."""

    label: str
    value: str
    code: bool = False


def describe_cargo(*, request: Mapping[str, Any]) -> list[CargoFact]:
    """The facts of a lookup's request in the language that is active. Of the destination: country, town and postcode, nothing else."""
    asked = read_request(request)
    facts = [
        CargoFact(_("Goods"), asked.goods),
        CargoFact(_("HS code"), asked.hs_code, code=True),
        *(CargoFact(_("Packages"), _describe_package(package)) for package in asked.packages),
        CargoFact(_("Gross weight in all"), weight(sum(one.gross_weight_g * one.count for one in asked.packages))),
        CargoFact(_("Volume in all"), _describe_volume(asked.packages)),
        CargoFact(_("From"), _describe_place(asked.origin, "postcode", "city", "region", "locode")),
        CargoFact(_("To"), _describe_place(asked.destination, "postcode", "city")),
        CargoFact(_("Ready on"), date_format(asked.ship_on, "j M Y")),
        CargoFact(_("Dangerous goods"), _describe_danger(asked)),
    ]
    return [fact for fact in facts if fact.value]


def describe_route(*, request: Mapping[str, Any]) -> str:
    """The countries and towns of both ends, for a heading."""
    asked = read_request(request)
    ends = {"origin": _describe_place(asked.origin, "city"), "destination": _describe_place(asked.destination, "city")}
    return _("%(origin)s to %(destination)s") % ends


def _describe_package(package: Package) -> str:
    kind = str(PackageKind(package.kind).label) if package.kind in PackageKind.values else package.kind
    sides = (package.length_mm, package.width_mm, package.height_mm)
    size = " × ".join(size_mm(side) for side in sides if side)
    if package.diameter_mm:
        size = listed([_("%(size)s across") % {"size": size_mm(package.diameter_mm)}, size])
    each = _("%(weight)s each") % {"weight": weight(package.gross_weight_g)}
    return listed([f"{write_number(package.count)} × {kind}", each, size])


def _describe_volume(packages: Sequence[Package]) -> str:
    """Of the outer sizes; "" where one of them is not known. A drum takes the square on which it stands."""
    try:
        boxes = [(package.box, package.count) for package in packages]
    except MeasureMissing:
        return ""
    volume = to_m3(Decimal(sum(box.volume_mm3 * count for box, count in boxes)))
    rounded = volume.quantize(COARSE_M3 if volume >= COARSE_M3 else FINE_M3)
    return _("%(volume)s m³") % {"volume": write_number(rounded)}


def _describe_place(place: Place, *names: str) -> str:
    country = get_country_name(code=place.country, language=get_language() or "en")
    return listed([*(getattr(place, name) for name in names), country])


def _describe_danger(asked: FreightRequest) -> str:
    if not asked.is_dangerous:
        return _("No")
    return (
        _("Yes, UN number %(number)s") % {"number": asked.un_number}
        if asked.un_number
        else _("Yes, UN number not known")
    )
