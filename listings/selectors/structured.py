"""A product as machines read it: schema.org, with an offer only where everybody sees the price."""

from typing import Any

from core.structured import make_absolute, write_json_ld
from listings.choices import PriceVisibility
from listings.models import Listing, ListingRevision
from listings.selectors.products import Product

IN_STOCK = "https://schema.org/InStock"


def describe_product(*, product: Product) -> str:
    """JSON-LD of a product page."""
    listing, revision = product.listing, product.revision
    described: dict[str, Any] = {
        "@type": "Product",
        "name": revision.title,
        "description": revision.summary or revision.description[:300],
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
        "offers": _offer(listing, revision),
    }
    return write_json_ld(described)


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
