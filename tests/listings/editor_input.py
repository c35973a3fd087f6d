"""What a browser would send to the editor, for tests of its pages."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from listings.rules.states import make_version
from listings.selectors.drafts import find_shown_revision
from listings.services.drafts import save_basics
from listings.views import documents, pictures
from tests.listings.factories import make_category


def url(listing, step="basics"):
    return reverse("products:edit", args=[listing.company.slug, listing.pk, step])


def version(listing):
    shown = find_shown_revision(listing=listing)
    return make_version(shown.pk, shown.edit_count)


def basics(listing=None, **fields):
    values = {
        "title": "Natural coffee",
        "summary": "",
        "description": "",
        "language": "en",
        "category": make_category().pk,
        "unit": "kg",
    }
    return values | ({"version": version(listing)} if listing else {}) | fields


def offer(listing, *rows, **fields):
    values = {
        "version": version(listing), "currency": "USD", "unit": "kg", "incoterm": "FOB", "incoterm_place": "Tema",
        "price_visibility": "public", "minimum_order": "", "breaks-TOTAL_FORMS": len(rows), "breaks-INITIAL_FORMS": 0,
    }  # fmt: skip
    for place, (quantity, price) in enumerate(rows):
        values |= {f"breaks-{place}-quantity": quantity, f"breaks-{place}-price": price}
    return values | fields


def delivery(listing, **fields):
    return {"version": version(listing), "hs_code": "", "origin_country": "GH", "lead_time_days": ""} | fields


def packing(listing, *rows, **fields):
    values = {"version": version(listing), "packages-TOTAL_FORMS": len(rows), "packages-INITIAL_FORMS": 0}
    for place, row in enumerate(rows):
        values |= {f"packages-{place}-{name}": value for name, value in row.items()}
    return values | fields


def jpeg(name="front.jpg"):
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "#8a6a4b").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def save_before(monkeypatch, service, *, member, listing):
    """A colleague gives the product another name in the instant before a service of pictures or papers has its lock."""
    place = documents if hasattr(documents, service) else pictures
    act = getattr(place, service)

    def follow(**asked):
        save_basics(member=member, listing_id=listing.pk, version=version(listing), values={"title": "A colleague's"})
        return act(**asked)

    monkeypatch.setattr(place, service, follow)


def text(response):
    return response.content.decode()
