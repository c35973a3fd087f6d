"""The country's files, read and checked into plain values."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from listings.rules.packing import PackageFacts
from listings.rules.prices import Break

DEMO = Path(__file__).resolve().parent.parent
COUNTRY, PICTURES = DEMO / "country", DEMO / "pictures"


@dataclass(frozen=True)
class CompanyFile:
    """One company as its file tells it; `listings` in the order in which they were opened."""

    told: dict[str, Any]

    @property
    def listings(self) -> list["ListingFile"]:
        return [ListingFile(told) for told in self.told.get("listings", [])]

    @property
    def facts(self) -> dict[str, Any]:
        names = (
            "legal_name", "kind", "country", "region", "city", "registration_number", "founded_year", "exporting_since",
            "export_markets", "languages", "capacity", "women_led", "tagline", "story",
        )  # fmt: skip
        return {name: self.told[name] for name in names if self.told.get(name) is not None}


@dataclass(frozen=True)
class ListingFile:
    """One listing as its file tells it, in the words of the services."""

    told: dict[str, Any]

    @property
    def offer(self) -> dict[str, Any]:
        return {
            "unit": self.told["unit"],
            "currency": self.told["currency"] or "",
            "price_visibility": self.told["price_visibility"],
            "minimum_order": Decimal(self.told["moq"]),
            "incoterm": self.told.get("incoterm") or "",
            "incoterm_place": self.told.get("incoterm_place") or "",
        }

    @property
    def delivery(self) -> dict[str, Any]:
        sample = self.told.get("sample")
        return {
            "hs_code": self.told.get("hs_code") or "",
            "hs_ask_agency": not self.told.get("hs_code"),
            "origin_country": self.told["origin_country"],
            "origin_region": self.told.get("origin_region") or "",
            "lead_time_days": self.told.get("lead_time_days"),
            "sample_offered": bool(sample),
            "sample_price": Decimal(sample["price"]) if sample and sample.get("price") is not None else None,
            "sample_days": sample.get("days") if sample else None,
            "sample_size": (sample.get("size") or "") if sample else "",
        }

    @property
    def breaks(self) -> list[Break]:
        return [Break(Decimal(quantity), Decimal(price)) for quantity, price in self.told["breaks"]]

    @property
    def packages(self) -> list[PackageFacts]:
        return [PackageFacts(**{**row, "contents": Decimal(row["contents"])}) for row in self.told["packing"]]


def read_companies() -> list[CompanyFile]:
    """Every company of every branch; the persona's own, which opens its file, comes first."""
    files = sorted(COUNTRY.glob("*.json"), key=lambda path: (path.stem != "coffee-tea-and-cocoa", path.stem))
    return [CompanyFile(told) for path in files for told in json.loads(path.read_text(encoding="utf-8"))["companies"]]


def list_pictures(companies: list[CompanyFile]) -> set[tuple[str, str]]:
    """(profile, file stem) of every picture that the files speak of."""
    named = {
        ("listing_picture", stem)
        for company in companies
        for listing in company.listings
        for stem, _ in listing.told["pictures"]
    }
    named |= {
        (place, str(company.told[place]))
        for company in companies
        for place in ("cover", "logo")
        if company.told.get(place)
    }
    return named
