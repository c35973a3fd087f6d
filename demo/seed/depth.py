"""What some of the demo's products say beyond their basics: attributes, availability, variants, languages and papers."""

import json
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from demo.drawings.paper import draw_certificate
from demo.seed.certificates import read_files
from demo.seed.companies import keep_quiet
from demo.seed.files import DEMO
from listings.models import Listing
from listings.rules.documents import DocumentFacts
from listings.rules.prices import Break
from listings.rules.states import make_version
from listings.rules.texts import TextFacts
from listings.rules.variants import VariantFacts
from listings.selectors.depth import list_attributes
from listings.selectors.drafts import find_shown_revision
from listings.services.decisions import decide_revision
from listings.services.depth import save_details, save_documents, save_texts, save_variants
from listings.services.documents import add_documents
from listings.services.submission import submit_revision
from moderation.choices import Outcome
from moderation.models import Case
from moderation.rules import Ruling
from reference.models import Attribute, Category
from storefronts.choices import Role
from storefronts.models import Member

NUMBERS = ("stock", "yearly_capacity", "private_label_minimum")


def plant_depth(*, listing: Listing, member: Member, title: str, category: Category) -> None:
    """Write the pages beside the steps, where the file tells of the product."""
    told = _read().get(title)
    if told is None:
        return
    values = {name: Decimal(value) if name in NUMBERS else value for name, value in told["details"].items()}
    save_details(**_target(listing, member), values=values, attributes=_answer(category, told["attributes"]))
    save_variants(**_target(listing, member), variants=[_make_variant(*row) for row in told["variants"]])
    save_texts(**_target(listing, member), texts=[TextFacts(*row) for row in told["texts"]])


def plant_papers(*, officer: User) -> int:
    """Add the papers that the file tells of to products that are live, and have an officer approve them; how many products."""
    told = {title: product["documents"] for title, product in _read().items() if product["documents"]}
    listings = list(
        Listing.objects.live().filter(live_revision__title__in=told).select_related("company", "live_revision")
    )
    members = {
        listing.pk: Member.objects.filter(company=listing.company, role=Role.OWNER).first() for listing in listings
    }
    papers = [(listing, member, told[str(listing)]) for listing in listings if (member := members[listing.pk])]
    for listing, member, rows in papers:
        _add_papers(listing, member, rows)
    read_files()
    for listing, member, _rows in papers:
        submit_revision(member=member, listing_id=listing.pk)
        case = Case.objects.open().get(kind="listing", subject_id=str(listing.pk))
        keep_quiet(decide_revision(case=case, officer=officer, ruling=Ruling(Outcome.APPROVE)))
    return len(papers)


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DEMO / "depth.json").read_text(encoding="utf-8"))
    return found


def _answer(category: Category, told: dict[str, str]) -> dict[int, Decimal | str | None]:
    asked = {one.key: one for one in list_attributes(category=category)}
    is_number = {key: one.kind == Attribute.Kind.NUMBER for key, one in asked.items()}
    return {asked[key].pk: Decimal(value) if is_number[key] else value for key, value in told.items()}


def _make_variant(name: str, article_number: str, gtin: str, price: str) -> VariantFacts:
    return VariantFacts(name, article_number, gtin, (Break(Decimal(60), Decimal(price)),) if price else ())


def _add_papers(listing: Listing, member: Member, told: list[list[Any]]) -> None:
    for kind, title, _visibility, number, lot, issuer, _days in told:
        facts = [
            ("Document", title),
            ("Number", number or "-"),
            ("Lot", lot or "-"),
            ("Company", member.company.legal_name),
        ]
        paper = draw_certificate(scheme=str(kind).replace("_", " ").capitalize(), issuer=issuer, facts=facts)
        add_documents(member=member, listing_id=listing.pk, files=[ContentFile(paper, name=f"{title}.pdf")])
    shown = find_shown_revision(listing=listing)
    rows = list(shown.documents.all()) if shown else []
    today = timezone.localdate()
    documents = {
        str(row.upload_id): DocumentFacts(kind, title, visibility, number, lot, issuer, today - timedelta(days=days))
        for row, (kind, title, visibility, number, lot, issuer, days) in zip(rows, told, strict=True)
    }
    save_documents(**_target(listing, member), documents=documents)


def _target(listing: Listing, member: Member) -> dict[str, Any]:
    shown = find_shown_revision(listing=listing)
    version = make_version(shown.pk if shown else None, shown.edit_count if shown else 0)
    return {"member": member, "listing_id": listing.pk, "version": version}
