"""Rows and posts for tests of the exporter's pages. Straight to the tables, no service runs."""

import io
from datetime import timedelta
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from certifications.models import Certificate, CertificateFile, Scheme
from certifications.selectors.certificates import get_version
from tests.listings.factories import make_member, make_officer, make_upload
from tests.uploads.documents import pdf

_numbers = count(1)
FORM_ROWS = {"members-TOTAL_FORMS": 0, "members-INITIAL_FORMS": 0}


def make_scheme(code="", **fields):
    code = code or f"scheme-{next(_numbers)}"
    values = {"name": "Organic", "owner": "The Union", "kind": "process", "paper": "certificate", "usual_months": 12}
    return Scheme.objects.create(code=code, **(values | fields))


def make_certificate(member=None, *, scheme=None, files=1, state="draft", ends_in=200, **fields):
    """Complete, valid since 100 days; a draft of the member's company with a document that was read."""
    member, today = member or make_member(), timezone.localdate()
    values = {
        "issuer_name": "Control Body", "number": f"GH-{next(_numbers):04d}", "holder": member.company.legal_name, "scope": "Honey",
        "holder_address": "Ho", "valid_from": today - timedelta(days=100), "valid_until": today + timedelta(days=ends_in),
        "hs_prefixes": ["0409"], "words": ["honey"], "state": state, "edit_count": 1,
    }  # fmt: skip
    if state == "verified":
        values |= {"verified_by": make_officer(), "verified_at": timezone.now(), "evidence_level": 1}
    values |= {"number_key": values["number"].replace("-", "")} | fields
    certificate = Certificate.objects.create(company=member.company, scheme=scheme or make_scheme(), **values)
    for position in range(files):
        add_file(certificate, position=position)
    return certificate


def add_file(certificate, *, position=0, state="ready", text="", **fields):
    upload = make_upload(
        name="organic.pdf", kind="document", pages=1, profile="certificate", content_type="application/pdf", state=state,
        text=text, text_source="layer" if text else "", **fields,
    )  # fmt: skip
    CertificateFile.objects.create(certificate=certificate, upload=upload, position=position)
    return upload


def url(certificate, name="edit", *more):
    return reverse(f"certificates:{name}", args=[certificate.company.slug, certificate.public_id, *more])


def typed(certificate, **fields):
    """What a browser would send of a page on which nothing was typed, but for the given fields."""
    values = {
        name: getattr(certificate, name) for name in ("issuer_name", "number", "holder", "holder_address", "scope")
    }
    values |= {
        "version": get_version(certificate=certificate), "scheme": certificate.scheme_id,
        "hs_prefixes": ", ".join(certificate.hs_prefixes), "words": ", ".join(certificate.words),
        "valid_from": certificate.valid_from or "", "valid_until": certificate.valid_until or "", **FORM_ROWS,
    }  # fmt: skip
    return values | fields


def pdf_file(name="organic.pdf"):
    return SimpleUploadedFile(name, pdf(), content_type="application/pdf")


def photo(name="page.jpg"):
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "#8a6a4b").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def text(response):
    return response.content.decode()
