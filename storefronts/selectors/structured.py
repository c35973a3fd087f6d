"""A company as machines read it: a schema.org Organization, of what its public page shows."""

from typing import Any

from core.structured import make_absolute, write_json_ld
from storefronts.choices import ChannelKind
from storefronts.models import Company
from storefronts.selectors.pages import get_logo_url
from uploads.selectors import build_picture

STORY_LENGTH = 300


def describe_organization(*, company: Company) -> str:
    """JSON-LD of a company that came with pictures, sites and channels loaded; hidden contacts stay out. No queries."""
    shown = {channel.kind: channel.value for channel in company.channels.all() if channel.is_shown}
    logo = get_logo_url(company=company)
    cover = build_picture(upload=company.cover, alt="", sizes="100vw") if company.cover else None
    return write_json_ld(
        {
            "@type": "Organization",
            "name": company.legal_name,
            "url": make_absolute(company.get_absolute_url()),
            "description": company.tagline or company.story[:STORY_LENGTH],
            "logo": make_absolute(logo) if logo else "",
            "image": make_absolute(cover.src) if cover else "",
            "foundingDate": str(company.founded_year or ""),
            "address": _address(company.city, company.region, company.country),
            "location": [
                {"@type": "Place", "name": site.name, "address": _address(site.city, site.region, site.country)}
                for site in company.sites.all()
            ],
            "telephone": shown.get(ChannelKind.PHONE) or shown.get(ChannelKind.WHATSAPP),
            "email": shown.get(ChannelKind.EMAIL),
            "sameAs": shown.get(ChannelKind.WEBSITE),
            "knowsLanguage": company.languages,
            "areaServed": company.export_markets,
        }
    )


def _address(city: str, region: str, country: str) -> dict[str, Any]:
    lines = {"addressLocality": city, "addressRegion": region, "addressCountry": country}
    return {"@type": "PostalAddress", **{name: value for name, value in lines.items() if value}}
