"""Shipping profiles: a firm's list, the usual one, what its own legs come to, and the lines of its pages and of the activity log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.money import Money, format_money
from core.templatetags.ui import listed
from reference.rules import Rates
from reference.selectors import get_country_name
from shipping.choices import ChargeBasis, ProfileLeg
from shipping.exceptions import ProfileGone
from shipping.models import ProfileCharge, ShippingProfile, Tariff, TariffVersion
from shipping.rules.incoterms import Leg
from shipping.rules.ladder import Figure, Standing
from shipping.rules.loads import Load
from shipping.rules.profiles import Charge, count_charge
from storefronts.models import Company, Member


@dataclass(frozen=True)
class ChargeLine:
    """A leg in words; an empty `amount` is not known."""

    leg: str
    amount: str
    stated_on: date | None


@dataclass(frozen=True)
class ShownProfile:
    """A profile as its owner reads it."""

    profile: ShippingProfile
    place: str
    leaves: str
    insurance: str
    charges: Sequence[ChargeLine]


def find_usual_profile(*, company_id: int) -> ShippingProfile | None:
    """The profile that is used unless another is chosen; None where the firm has none. One query."""
    return ShippingProfile.objects.filter(company=company_id, is_default=True).first()


def find_ship_day(*, profile: ShippingProfile | None, today: date) -> date:
    """The day on which goods that are ordered today leave: cards and carriers are asked for that day."""
    return today + timedelta(days=profile.handling_days if profile else 0)


def get_profile(*, member: Member, profile_id: int) -> ShippingProfile:
    """A profile of the member's firm, with its charges. Raises ProfileGone."""
    profiles = ShippingProfile.objects.filter(company=member.company_id, pk=profile_id)
    found = profiles.prefetch_related("charges").first()
    if found is None:
        raise ProfileGone
    return found


def list_profiles(*, member: Member) -> list[ShownProfile]:
    """The firm's profiles in words, the usual one first. Two queries."""
    rows = ShippingProfile.objects.filter(company=member.company_id).prefetch_related("charges")
    return [_show(profile) for profile in rows]


def list_own_figures(*, profile: ShippingProfile, load: Load, currency: str, rates: Rates) -> dict[Leg, Figure]:
    """What the exporter's own legs come to, as estimates; a leg that nobody has priced, or in a currency without a fresh rate, is left out.

    One query.
    """
    source = _("shipping profile “%(name)s” of the exporter") % {"name": profile.name}
    figures = {}
    for row in profile.charges.all():
        asked = count_charge(read_charge(row=row), load)
        amount = rates.convert_fresh(asked.amount, asked.currency, currency)
        if amount is not None:
            rounded = Money(amount, currency).round_minor().amount
            figures[Leg(row.leg)] = Figure(rounded, Standing.ESTIMATE, source, row.stated_on)
    return figures


def read_charge(*, row: ProfileCharge) -> Charge:
    """A stored charge as plain values."""
    return Charge(row.leg, row.basis, row.amount, row.currency, row.minimum)


def propose_place(*, company: Company) -> dict[str, Any]:
    """The place of a firm's first profile: its main site, else where the firm is. One query."""
    site = company.sites.first()
    city, country = (site.city, site.country) if site else (company.city, company.country)
    return {"name": city or company.legal_name[:80], "city": city, "country": country}


def list_profile_ids(*, company_id: int) -> QuerySet[ShippingProfile, str]:
    """The keys of the firm's profiles, as the audit writes them."""
    rows = ShippingProfile.objects.filter(company=company_id).order_by()
    return rows.values_list(Cast("pk", CharField()), flat=True)


def name_profiles(*, subject_ids: Sequence[str]) -> Mapping[str, str]:
    """Key to name."""
    rows = ShippingProfile.objects.filter(pk__in=subject_ids).order_by().values_list("pk", "name")
    return {str(pk): name for pk, name in rows}


def list_tariff_ids(*, company_id: int) -> QuerySet[Tariff, str]:
    """The keys of the firm's own tariffs, as the audit writes them."""
    return Tariff.objects.filter(company=company_id).order_by().values_list(Cast("pk", CharField()), flat=True)


def name_tariffs(*, subject_ids: Sequence[str]) -> Mapping[str, str]:
    """Key to name."""
    return {
        str(pk): name for pk, name in Tariff.objects.filter(pk__in=subject_ids).order_by().values_list("pk", "name")
    }


def list_version_ids(*, company_id: int) -> QuerySet[TariffVersion, str]:
    """The keys of the versions of the firm's own tariffs, as the audit writes them."""
    rows = TariffVersion.objects.filter(tariff__company=company_id).order_by()
    return rows.values_list(Cast("pk", CharField()), flat=True)


def name_versions(*, subject_ids: Sequence[str]) -> Mapping[str, str]:
    """Key to the name of the tariff."""
    rows = TariffVersion.objects.filter(pk__in=subject_ids).order_by().values_list("pk", "tariff__name")
    return {str(pk): name for pk, name in rows}


def _show(profile: ShippingProfile) -> ShownProfile:
    held = {row.leg: row for row in profile.charges.all()}
    country = get_country_name(code=profile.country, language=get_language() or "en")
    return ShownProfile(
        profile=profile,
        place=listed([profile.city, profile.postcode, country]),
        leaves=_tell_departure(profile.handling_days),
        insurance="" if profile.insurance_percent is None else f"{profile.insurance_percent.normalize():f} %",
        charges=[_tell_charge(leg, held.get(leg)) for leg in ProfileLeg],
    )


def _tell_departure(days: int) -> str:
    if not days:
        return _("The goods leave on the day on which they are ready.")
    told = ngettext(
        "The goods leave %(number)s day after they are ready.", "The goods leave %(number)s days after they are ready.", days
    )  # fmt: skip
    return told % {"number": days}


def _tell_charge(leg: ProfileLeg, row: ProfileCharge | None) -> ChargeLine:
    if row is None:
        return ChargeLine(str(leg.label), "", None)
    amount = format_money(Money(row.amount, row.currency), language=get_language() or "en")
    told = {
        ChargeBasis.SHIPMENT: _("%(amount)s for a shipment"),
        ChargeBasis.KG: _("%(amount)s for a kilogram"),
        ChargeBasis.M3: _("%(amount)s for a cubic metre"),
    }[ChargeBasis(row.basis)] % {"amount": amount}
    if row.minimum and row.basis != ChargeBasis.SHIPMENT:
        least = format_money(Money(Decimal(row.minimum), row.currency), language=get_language() or "en")
        told = _("%(amount)s, at least %(least)s") % {"amount": told, "least": least}
    return ChargeLine(str(leg.label), told, row.stated_on)
