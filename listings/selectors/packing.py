"""A package in words: what it holds, weighs and measures; and what is said of danger."""

from django.utils.translation import gettext as _

from core.templatetags.ui import listed, size_mm, weight
from listings.models import ListingRevision, PackageType
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


def describe_danger(*, revision: ListingRevision) -> str:
    """Whether these are dangerous goods, and which; "" where nothing is said."""
    if revision.is_dangerous:
        number = {"number": revision.un_number}
        return _("Yes, UN %(number)s") % number if revision.un_number else _("Yes, the UN number is not given")
    return _("UN %(number)s") % {"number": revision.un_number} if revision.un_number else ""


def advise_on_danger(*, revision: ListingRevision) -> str:
    """What the exporter should know where one of the two is missing; "" where they go together."""
    if revision.is_dangerous and not revision.un_number:
        return _("Without a UN number only a forwarder can price it.")
    if revision.un_number and not revision.is_dangerous:
        return _("A UN number makes these dangerous goods: they are treated as such. Tick it, or empty the number.")
    return ""
