"""A package in words: what it holds, weighs and measures."""

from django.utils.translation import gettext as _

from core.templatetags.ui import listed, size_mm, weight
from listings.models import PackageType
from listings.selectors.words import format_quantity

TIMES = " \N{MULTIPLICATION SIGN} "


def describe_package(*, package: PackageType, unit: str) -> str:
    """Kind and contents, gross weight and, where given, the outer size."""
    named = _("%(kind)s of %(contents)s, %(gross)s with packing") % {
        "kind": package.get_kind_display(),
        "contents": format_quantity(number=package.contents, unit=unit),
        "gross": weight(package.gross_weight_g),
    }
    sizes = [size_mm(size) for size in (package.length_mm, package.width_mm, package.height_mm) if size]
    if package.diameter_mm:
        sizes = [_("%(size)s across") % {"size": size_mm(package.diameter_mm)}, *sizes]
    return listed([named, TIMES.join(sizes)])
