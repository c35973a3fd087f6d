"""Rows for tests of listings: people, companies, files, listings in each state. Straight to the tables, no service runs."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from accounts.models import User
from listings.choices import ListingState, RevisionState
from listings.models import Listing, ListingPicture, ListingRevision, PackageType, PriceBreak
from reference.models import Category, FxRate
from storefronts.choices import CompanyState, Role
from storefronts.models import Company, Member
from uploads.models import Rendition, Upload

_numbers = count(1)


def make_user(email="", *, full_name="Esi Mensah", **fields):
    return User.objects.create_user(
        email or f"person{next(_numbers)}@example.org", "correct horse", full_name=full_name, **fields
    )


def make_officer(email="", **fields):
    return make_user(email, full_name="Kofi Asante", is_staff=True, **fields)


def make_rate(currency, units):
    """What one euro is worth today in another currency."""
    return FxRate.objects.create(
        day=timezone.localdate(), base="EUR", quote=currency, units=Decimal(units), source="Test"
    )


def make_company(*, verified=True, **fields):
    number = next(_numbers)
    values = {
        "slug": f"company-{number}",
        "legal_name": f"Adanu Growers Union {number}",
        "kind": "maker",
        "country": "GH",
        "region": "Volta",
        "city": "Ho",
        "registration_number": f"CS{number:09d}",
        "tagline": "Coffee from the Volta highlands",
    }
    if verified:
        now = timezone.now()
        values |= {
            "state": CompanyState.VERIFIED,
            "verified_by": make_officer(),
            "verified_at": now,
            "evidence_level": 1,
            "verified_until": (now + timedelta(days=365)).date(),
        }
    return Company.objects.create(**(values | fields))


def make_member(*, company=None, user=None, role=Role.OWNER):
    return Member.objects.create(
        company=company or make_company(), user=user or make_user(purpose="exporter"), role=role
    )


def make_category(
    slug="green-coffee", name="Green coffee", *, branch_slug="coffee-tea-and-cocoa", branch_name="Coffee, tea and cocoa"
):
    """A sub-category; those of the reference tree stand already."""
    if found := Category.objects.filter(slug=slug).first():
        return found
    branch, _ = Category.objects.get_or_create(slug=branch_slug, defaults={"name": branch_name, "position": 900})
    return Category.objects.create(slug=slug, name=name, parent=branch, position=901)


def make_upload(*, state="ready", name="front.jpg", public=False, user=None, **fields):
    """A picture; a ready one has WebP renditions of 320 and 160 (rows, no files)."""
    number = next(_numbers)
    values = {
        "profile": "listing_picture",
        "uploaded_by": user,
        "name": name,
        "byte_size": 1000,
        "sha256": f"{number:064x}",
        "content_type": "image/jpeg",
        "state": state,
        "is_public": public,
        "difference_hash": f"{number * 2654435761 % 2**64:016x}",
    }
    if state == "ready":
        values |= {"width": 1200, "height": 900, "ready_at": timezone.now(), "placeholder_color": "#8a6a4b"}
    if state == "failed":
        values |= {"failure": "The file is cut short. Send it again."}
    upload = Upload.objects.create(**(values | fields))
    if state == "ready":
        Rendition.objects.bulk_create(
            Rendition(
                upload=upload,
                format="webp",
                label=label,
                width=label,
                height=label * 3 // 4,
                byte_size=label * 20,
                sha256=f"{number:060x}{label:04x}",
            )
            for label in (320, 160)
        )
    return upload


SACK = {
    "kind": "sack",
    "net_weight_g": 60_000,
    "gross_weight_g": 60_700,
    "length_mm": 700,
    "width_mm": 450,
    "height_mm": 250,
}


def make_revision(
    listing, *, state=RevisionState.DRAFT, breaks=((60, "6.20"), (300, "5.60")), pictures=1, packed=True, **fields
):
    """A complete revision: sixty kilograms at least, two prices, one picture, one sack."""
    number = listing.revisions.count() + 1
    values = {
        "number": number,
        "state": state,
        "edit_count": 1,
        "title": "Washed Arabica green coffee",
        "summary": "Grade 1, screen 15 and up",
        "description": "Hand-picked, washed and dried on raised beds.\n\nCrop of this year.",
        "unit": "kg",
        "currency": "USD",
        "minimum_order": Decimal(60),
        "incoterm": "FOB",
        "incoterm_place": "Tema",
        "hs_code": "090111",
        "origin_country": "GH",
        "origin_region": "Volta",
        "lead_time_days": 18,
        "sample_offered": True,
    }
    if "category" not in fields:
        values["category"] = make_category()
    if state in {RevisionState.IN_REVIEW, RevisionState.APPROVED}:
        values["submitted_at"] = timezone.now()
    revision = ListingRevision.objects.create(listing=listing, **(values | fields))
    PriceBreak.objects.bulk_create(
        PriceBreak(revision=revision, minimum_quantity=Decimal(quantity), unit_price=Decimal(price))
        for quantity, price in breaks
    )
    for position in range(1, pictures + 1):
        add_picture(revision, position=position, public=state == RevisionState.APPROVED)
    if packed:
        PackageType.objects.create(revision=revision, position=1, contents=Decimal(60), **SACK)
    return revision


def add_picture(revision, *, position=1, public=False, state="ready", name="", alt="", upload=None):
    picture = upload or make_upload(state=state, public=public, name=name or f"picture-{position}.jpg")
    return ListingPicture.objects.create(revision=revision, upload=picture, position=position, alt=alt)


def make_listing(*, company=None, state=ListingState.LIVE, **fields):
    """A listing of a verified company; live, paused and suspended ones have an approved revision, a draft an open one."""
    listing = Listing.objects.create(company=company or make_company())
    if state == ListingState.DRAFT:
        make_revision(listing, **fields)
        return listing
    listing.live_revision = make_revision(
        listing, **({"state": RevisionState.APPROVED, "decided_at": timezone.now()} | fields)
    )
    listing.state = state
    listing.first_live_at = timezone.now()
    listing.save()
    return listing


def make_live_listing(*, company=None, **fields):
    return make_listing(company=company, **fields)
