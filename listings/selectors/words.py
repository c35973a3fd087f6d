"""Quantities, prices and times of a listing as people read them."""

import re
from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext as _

from core.money import Money, format_money
from core.templatetags.ui import quantity as write_number
from listings.models import ListingRevision
from listings.rules.visibility import PriceAccess
from reference.choices import Unit


def format_quantity(*, number: Decimal | int, unit: str) -> str:
    """60 kg, 1 piece, 40 pieces."""
    written, whole = write_number(number), int(number)
    counted = {
        Unit.PIECE: lambda: ngettext("%(number)s piece", "%(number)s pieces", whole),
        Unit.PAIR: lambda: ngettext("%(number)s pair", "%(number)s pairs", whole),
        Unit.SET: lambda: ngettext("%(number)s set", "%(number)s sets", whole),
        Unit.PACK: lambda: ngettext("%(number)s pack", "%(number)s packs", whole),
        Unit.DOZEN: lambda: ngettext("%(number)s dozen", "%(number)s dozen", whole),
        Unit.TONNE: lambda: ngettext("%(number)s tonne", "%(number)s tonnes", whole),
        Unit.METRE: lambda: ngettext("%(number)s metre", "%(number)s metres", whole),
        Unit.LITRE: lambda: ngettext("%(number)s litre", "%(number)s litres", whole),
    }
    if unit in Unit.values and Unit(unit) in counted:
        return str(counted[Unit(unit)]() % {"number": written})
    return f"{written} {format_unit(unit=unit)}".strip()


def format_unit(*, unit: str) -> str:
    """The unit's name in the reader's language."""
    return str(Unit(unit).label) if unit in Unit.values else unit


def format_days(*, days: int) -> str:
    """1 day, 18 days."""
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": write_number(days)}


def format_price_range(*, amounts: Sequence[Decimal], currency: str, language: str) -> str:
    """Lowest to highest with an en dash; one price alone when all are equal; "" without any."""
    if not amounts:
        return ""
    low = format_money(Money(min(amounts), currency), language=language)
    if min(amounts) == max(amounts):
        return low
    high = format_money(Money(max(amounts), currency), language=language)
    return f"{low}–{re.sub(r'^[^0-9٠-٩]+', '', high)}"  # noqa: RUF001  the second figure goes without the currency


def explain_hidden_price(*, access: PriceAccess) -> str:
    """Why a card shows no price, and what would change that."""
    if access is PriceAccess.SIGN_IN:
        return _("Sign in to see the price")
    if access is PriceAccess.CONFIRM_ADDRESS:
        return _("Confirm your address to see the price")
    return _("Price on request") if access is PriceAccess.ON_REQUEST else _("Price not given")


def list_article_numbers(*, revision: ListingRevision) -> list[tuple[str, str]]:
    """The numbers of the article that are given, each with its name."""
    named = ((_("Article number"), revision.article_number), (_("GTIN"), revision.gtin))
    return [(label, number) for label, number in named if number]


def translate_name(*, name: str) -> list[str]:
    """An English name of the reference lists in every language of the site."""
    names = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            names.append(gettext(name))
    return names
