"""Rows for tests of certificates beside listings: schemes, certificates as officers verified them, requirements."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from certifications.models import Certificate, Issuer, Requirement, Scheme
from listings.models import CertificateCoverage
from tests.listings.factories import make_officer

_numbers = count(1)
READ_ON = date(2026, 9, 1)


def make_scheme(code="test-organic", *, name="Organic test standard", **fields):
    """A scheme; one that stands already is taken."""
    values = {"name": name, "owner": "Standards Office", "kind": "process", "paper": "certificate"}
    return Scheme.objects.filter(code=code).first() or Scheme.objects.create(code=code, **(values | fields))


def make_certificate(company, *, scheme=None, state="verified", level=2, hs_prefixes=("0901",), days=365, **fields):
    """A certificate for coffee, valid from a month ago; verified ones were checked by an officer."""
    number = next(_numbers)
    today = timezone.localdate()
    values = {
        "scheme": scheme or make_scheme(),
        "issuer": Issuer.objects.get_or_create(name="Certifier Ltd")[0],
        "number": f"GH-{number:04d}",
        "number_key": f"GH{number:04d}",
        "holder": company.legal_name,
        "scope": "Green coffee",
        "hs_prefixes": list(hs_prefixes),
        "valid_from": today - timedelta(days=30),
        "valid_until": None if days is None else today + timedelta(days=days),
        "submitted_at": timezone.now(),
    }
    if state == "verified":
        values |= {"evidence_level": level, "verified_by": make_officer(), "verified_at": timezone.now()}
    return Certificate.objects.create(company=company, state=state, **(values | fields))


def cover(listing, certificate, *, result="pass", **fields):
    """A claim as it was last judged."""
    return CertificateCoverage.objects.create(
        listing=listing, certificate=certificate, claimed_at=timezone.now(), result=result, basis=f"{result} 090111", **fields
    )  # fmt: skip


def make_requirement(key="", *, market="EU", **fields):
    """Something that a market asks of every product; a scheme or HS prefixes narrow it."""
    values = {
        "key": key or f"requirement-{next(_numbers)}",
        "family": "any",
        "side": "destination",
        "kind": "law",
        "document": "Phytosanitary certificate",
        "summary": "Plants need a certificate of the plant health service.",
        "next_step": "Ask the plant health service for an inspection.",
        "owner": "European Commission",
        "source_url": "https://example.org/rule",
        "read_on": READ_ON,
    }
    return Requirement.objects.create(market=market, **(values | fields))


def make_covering(listing, number):
    """A certificate that covers the listing: one of three schemes, of a level from 1 to 4, by the number."""
    scheme = make_scheme(("forest", "fair", "audit")[number % 3])
    return cover(listing, make_certificate(listing.company, scheme=scheme, level=1 + number % 4))
