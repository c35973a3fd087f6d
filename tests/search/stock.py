"""The demo's live listings and 2,000 invented ones as rows of a test's database: only what search reads."""

import json
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

import demo
from demo.scale.generate import Facts, make_facts
from listings.choices import ListingState, RevisionState
from listings.models import Listing, ListingRevision, PriceBreak
from reference.models import Category
from storefronts.models import Company
from tests.listings.factories import make_company
from tests.search.judging import Product

COUNTRY = Path(demo.__file__).parent / "country"


def plant_stock(*, invented: int = 2000) -> dict[int, Product]:
    """Plant both; what is known of each listing, by its id."""
    categories = {category.slug: category for category in Category.objects.all()}
    rows = [*_read_demo(categories), *_read_invented(invented, categories)]
    listings = Listing.objects.bulk_create(
        Listing(company=company, created_at=timezone.now(), first_live_at=timezone.now() - timedelta(days=age))
        for company, _revision, _breaks, _facts, age in rows
    )
    revisions = []
    for listing, (_company, revision, _breaks, _facts, _age) in zip(listings, rows, strict=True):
        revision.listing, revision.number, revision.state = listing, 1, RevisionState.APPROVED
        revision.decided_at = listing.first_live_at
        revisions.append(revision)
    ListingRevision.objects.bulk_create(revisions)
    for listing, revision in zip(listings, revisions, strict=True):
        listing.live_revision, listing.state = revision, ListingState.LIVE
    Listing.objects.bulk_update(listings, ["live_revision", "state"], batch_size=500)
    PriceBreak.objects.bulk_create(
        PriceBreak(revision=revision, minimum_quantity=quantity, unit_price=price)
        for revision, (_company, _revision, breaks, _facts, _age) in zip(revisions, rows, strict=True)
        for quantity, price in breaks
    )
    return {
        listing.pk: _describe(listing.pk, revision, facts)
        for listing, revision, (_c, _r, _b, facts, _a) in zip(listings, revisions, rows, strict=True)
    }


def _describe(pk: int, revision: ListingRevision, facts: Facts | None) -> Product:
    category = revision.category.slug if revision.category else ""
    return Product(
        pk, revision.title, category, revision.language, facts.kind if facts else "", facts.attributes if facts else ()
    )


def _read_demo(categories: dict[str, Category]) -> Iterable[Any]:
    for path in sorted(COUNTRY.glob("*.json")):
        for told in json.loads(path.read_text())["companies"]:
            if told["state"] == "verified":
                company = make_company(
                    legal_name=told["legal_name"],
                    country=told["country"],
                    city=told["city"],
                    languages=told["languages"],
                )
                for row in told["listings"]:
                    if row["state"] == "live":
                        yield (
                            company,
                            _make_demo_revision(row, categories),
                            [(Decimal(q), Decimal(p)) for q, p in row["breaks"]],
                            None,
                            40,
                        )


def _make_demo_revision(row: dict[str, Any], categories: dict[str, Category]) -> ListingRevision:
    copied = (
        "title",
        "summary",
        "description",
        "language",
        "unit",
        "price_visibility",
        "origin_country",
        "lead_time_days",
    )
    return ListingRevision(
        **{name: row[name] for name in copied}, category=categories[row["category"]], hs_code=row.get("hs_code") or "",
        origin_region=row.get("origin_region") or "", currency=row["currency"] or "", minimum_order=Decimal(row["moq"]),
        incoterm=row.get("incoterm") or "", sample_offered=bool(row.get("sample")),
    )  # fmt: skip


def _read_invented(number: int, categories: dict[str, Category]) -> Iterable[Any]:
    companies: dict[int, Company] = {}
    for facts in (make_facts(one) for one in range(number)):
        if facts.company not in companies:
            companies[facts.company] = make_company(
                legal_name=f"Export House {facts.company}", country=facts.origin, city=facts.place, kind=("maker", "trader")[facts.company % 2],
                languages=["en", "fr"][: 1 + facts.company % 2], women_led=facts.company % 5 == 0,
            )  # fmt: skip
        yield (
            companies[facts.company],
            make_revision_row(facts, categories[facts.category]),
            facts.breaks,
            facts,
            facts.age_days,
        )


def make_revision_row(facts: Facts, category: Category) -> ListingRevision:
    """The unsaved revision of invented facts."""
    return ListingRevision(
        title=facts.title, summary=facts.summary, description=facts.description, language=facts.language, category=category,
        unit=facts.unit, currency=facts.currency, price_visibility=facts.price_visibility, minimum_order=facts.breaks[0][0],
        incoterm=facts.incoterm, hs_code=facts.hs_code, origin_country=facts.origin, lead_time_days=facts.lead_time_days,
        sample_offered=facts.sample_offered,
    )  # fmt: skip
