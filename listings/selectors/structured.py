"""A product as machines read it: schema.org, with an offer only where everybody sees the price."""

import json
from typing import Any

from django.conf import settings

from listings.choices import PriceVisibility
from listings.models import Listing, ListingRevision
from listings.selectors.products import Product

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
IN_STOCK = "https://schema.org/InStock"


def write_json_ld(*, product: Product) -> str:
    """JSON that is safe inside a script element."""
    return json.dumps(_describe(product), ensure_ascii=False).translate(ESCAPES)


def make_absolute(*, path: str) -> str:
    """A path as the whole address of this site."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _describe(product: Product) -> dict[str, Any]:
    listing, revision = product.listing, product.revision
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": revision.title,
        "description": revision.summary or revision.description[:300],
        "sku": str(listing.pk),
        "url": make_absolute(path=listing.get_absolute_url()),
        "image": [make_absolute(path=shot.full) for shot in product.shots],
        "category": revision.category.name if revision.category else None,
        "countryOfOrigin": revision.origin_country or None,
        "manufacturer": {
            "@type": "Organization",
            "name": listing.company.legal_name,
            "url": make_absolute(path=product.seller.url),
        },
        "offers": _offer(listing, revision),
    }
    return {name: value for name, value in described.items() if value}


def _offer(listing: Listing, revision: ListingRevision) -> dict[str, Any] | None:
    amounts = [price.unit_price for price in revision.price_breaks.all()]
    if revision.price_visibility != PriceVisibility.PUBLIC or not amounts or not revision.currency:
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
