"""A product as machines read it: schema.org, with an offer only where everybody sees the price."""

from datetime import date
from typing import Any

from django.utils import timezone

from certifications.models import Certificate
from certifications.selectors.shown import is_called_certificate
from core.structured import make_absolute, write_json_ld
from listings.choices import PriceVisibility
from listings.models import Listing, ListingRevision
from listings.selectors.products import Product

IN_STOCK = "https://schema.org/InStock"


def describe_product(*, product: Product) -> str:
    """JSON-LD of a product page."""
    listing, revision, day = product.listing, product.revision, timezone.localdate()
    described: dict[str, Any] = {
        "@type": "Product",
        "name": product.text.title,
        "description": product.text.summary or product.text.description[:300],
        "sku": str(listing.pk),
        "url": make_absolute(listing.get_absolute_url()),
        "image": [make_absolute(shot.full) for shot in product.shots],
        "category": revision.category.name if revision.category else None,
        "countryOfOrigin": revision.origin_country or None,
        "manufacturer": {
            "@type": "Organization",
            "name": listing.company.legal_name,
            "url": make_absolute(product.seller.url),
        },
        "hasCertification": [_describe_certificate(one) for one in product.certificates if _is_told(one, day)],
        "offers": _offer(listing, revision),
    }
    return write_json_ld(described)


def _is_told(certificate: Certificate, day: date) -> bool:
    """Machines hear of certificates alone, and only of those that bear the seal."""
    return certificate.shows_seal_on(day) and is_called_certificate(certificate=certificate)


def _describe_certificate(certificate: Certificate) -> dict[str, Any]:
    described = {
        "name": certificate.scheme.name,
        "certificationIdentification": certificate.number,
        "validFrom": certificate.valid_from and certificate.valid_from.isoformat(),
        "expires": certificate.valid_until and certificate.valid_until.isoformat(),
        "url": make_absolute(certificate.get_absolute_url()),
        "certificationStatus": "https://schema.org/CertificationActive",
    }
    issuer = certificate.issuer.name if certificate.issuer else certificate.issuer_name
    return {
        "@type": "Certification",
        **{name: value for name, value in described.items() if value},
        "issuedBy": {"@type": "Organization", "name": issuer},
    }


def _offer(listing: Listing, revision: ListingRevision) -> dict[str, Any] | None:
    amounts = revision.list_amounts()
    if listing.price_visibility_of(revision) != PriceVisibility.PUBLIC or not amounts or not revision.currency:
        return None
    return {
        "@type": "AggregateOffer",
        "lowPrice": format(min(amounts).normalize(), "f"),
        "highPrice": format(max(amounts).normalize(), "f"),
        "priceCurrency": revision.currency,
        "offerCount": len(amounts),
        "availability": IN_STOCK,
        "seller": {"@type": "Organization", "name": listing.company.legal_name},
    }
