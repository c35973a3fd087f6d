"""The public page of a company, and the line that stands for it in a list: plain values for templates and API."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import NotFound
from core.slots import Part, fill
from core.templatetags.ui import listed
from reference.selectors import get_country_name, get_language_name
from storefronts.choices import ChannelKind
from storefronts.models import Company, ContactChannel
from storefronts.registry import list_public_number_sources
from storefronts.rules import PICTURE_FIELDS, REVIEWED_FIELDS, Number
from storefronts.selectors.companies import get_proposed_facts
from uploads.models import Upload
from uploads.rules.pictures import Picture
from uploads.selectors import build_picture

ICONS = {
    ChannelKind.PHONE: "phone",
    ChannelKind.WHATSAPP: "chat",
    ChannelKind.EMAIL: "mail",
    ChannelKind.WEBSITE: "globe",
}


@dataclass(frozen=True)
class ExporterLine:
    """A company in a list, as `components/seller.html` shows it."""

    url: str
    name: str
    logo: str
    line: str
    more: str


@dataclass(frozen=True)
class Contact:
    """A way to reach the company; `url` is our own address, which counts the click and leads on."""

    icon: str
    label: str
    text: str
    url: str
    is_code: bool


@dataclass(frozen=True)
class Evidence:
    """Who checked the company, when, until when, and how; `is_current` is False once it has run out."""

    is_current: bool
    text: str
    level: str


@dataclass(frozen=True)
class StorefrontPage:
    """What the storefront shows besides the company's own words."""

    company: Company
    place: str
    logo: str
    cover: Picture | None
    kpis: Sequence[Number]
    markets: str
    languages: str
    sites: Sequence[tuple[str, str, str]]
    contacts: Sequence[Contact]
    evidence: Evidence | None
    products: Sequence[Part]
    side: Sequence[Part]


def build_storefront_page(*, company: Company, user: Any, language: str) -> StorefrontPage:
    """The page of a company that came with pictures, sites and channels loaded; the products' slot makes its own queries."""
    return StorefrontPage(
        company=company,
        place=describe_place(company=company, language=language),
        logo=get_logo_url(company=company),
        cover=build_picture(upload=company.cover, alt="", sizes="100vw") if company.cover else None,
        kpis=_list_kpis(company),
        markets=listed(get_country_name(code=code, language=language) for code in company.export_markets),
        languages=listed(get_language_name(code=code) for code in company.languages),
        sites=[
            (site.name, site.get_kind_display(), _write_place(site.city, site.region, site.country, language))
            for site in company.sites.all()
        ],
        contacts=[_build_contact(company, channel) for channel in company.channels.all() if channel.is_shown],
        evidence=_build_evidence(company),
        products=fill("storefront.products", company=company, user=user, language=language),
        side=fill("storefront.side", company=company, user=user, language=language),
    )


def build_exporter_line(*, company: Company, language: str) -> ExporterLine:
    """A company's line in the directory; the company comes with its logo loaded."""
    return ExporterLine(
        url=company.get_absolute_url(),
        name=company.legal_name,
        logo=get_logo_url(company=company),
        line=company.tagline or company.get_kind_display(),
        more=describe_place(company=company, language=language),
    )


def describe_place(*, company: Company, language: str) -> str:
    """Town, region and country, as far as they are known."""
    return _write_place(company.city, company.region, company.country, language)


def get_logo_url(*, company: Company) -> str:
    """The address of the logo's small rendition; "" while there is none, and initials stand for it."""
    picture = build_picture(upload=company.logo, alt="", sizes="96px") if company.logo else None
    return picture.src if picture else ""


def get_contact_url(*, company: Company, kind: str) -> str:
    """Where a contact that the company shows leads, as it is stored and nothing else; raises NotFound for every other one."""
    channel = next((one for one in company.channels.all() if one.kind == kind and one.is_shown), None)
    if channel is None:
        raise NotFound
    digits = channel.value.lstrip("+")
    urls = {
        ChannelKind.PHONE: f"tel:{channel.value}",
        ChannelKind.WHATSAPP: f"https://wa.me/{digits}",
        ChannelKind.EMAIL: f"mailto:{channel.value}",
        ChannelKind.WEBSITE: channel.value,
    }
    return urls[ChannelKind(channel.kind)]


def show_proposal(*, company: Company) -> Company:
    """The same row with the proposed facts in place of the public ones, for a preview; never save it."""
    facts = get_proposed_facts(company=company)
    for name in REVIEWED_FIELDS:
        if name not in PICTURE_FIELDS:
            setattr(company, name, facts[name])
    wanted = {place: facts[place] for place in PICTURE_FIELDS if facts[place]}
    uploads = {
        str(upload.pk): upload
        for upload in Upload.objects.filter(pk__in=wanted.values()).prefetch_related("renditions")
    }
    for place in PICTURE_FIELDS:
        setattr(company, place, uploads.get(wanted.get(place, "")))
    return company


def _list_kpis(company: Company) -> list[Number]:
    known = [
        (_("Founded in"), str(company.founded_year or "")),
        (_("Exporting since"), str(company.exporting_since or "")),
        (_("Yearly capacity"), company.capacity),
        (_("Exports to"), _count_countries(len(company.export_markets))),
        (_("Answers in"), _count_languages(len(company.languages))),
        (_("Led by women"), _("Yes") if company.women_led else ""),
    ]
    told = [number for source in list_public_number_sources() for number in source(company=company)]
    return [*told, *(Number(label, value) for label, value in known if value)]


def _count_countries(number: int) -> str:
    return ngettext("%(number)d country", "%(number)d countries", number) % {"number": number} if number else ""


def _count_languages(number: int) -> str:
    return ngettext("%(number)d language", "%(number)d languages", number) % {"number": number} if number else ""


def _build_evidence(company: Company) -> Evidence | None:
    if not company.is_public or company.verified_at is None or company.verified_until is None:
        return None
    values = {
        "agency": settings.AGENCY_NAME,
        "day": date_format(timezone.localtime(company.verified_at), "j M Y"),
        "until": date_format(company.verified_until, "j M Y"),
    }
    if company.is_verified_on(timezone.localdate()):
        text = _("Checked by %(agency)s on %(day)s, valid until %(until)s.") % values
        return Evidence(is_current=True, text=text, level=company.get_evidence_level_display())
    text = _("Checked by %(agency)s on %(day)s. That check ended on %(until)s and was not renewed yet.") % values
    return Evidence(is_current=False, text=text, level=company.get_evidence_level_display())


def _build_contact(company: Company, channel: ContactChannel) -> Contact:
    kind = ChannelKind(channel.kind)
    text = channel.value.split("://", 1)[-1].rstrip("/")
    url = reverse("storefronts:contact", args=[company.slug, kind.value])
    return Contact(ICONS[kind], channel.get_kind_display(), text, url, is_code=True)


def _write_place(city: str, region: str, country: str, language: str) -> str:
    name = get_country_name(code=country, language=language) if country else ""
    return listed([city, region if region != city else "", name])
