"""Personas of a company, and companies in each state, straight to the tables."""

import time
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from moderation.models import Case, Reason
from storefronts.models import Company, CompanyRevision, ContactChannel, Member, Site
from storefronts.registry import _hooks, on_company_change
from storefronts.selectors import get_version, read_facts
from uploads.models import Rendition, Upload

FACTS = {
    "legal_name": "Adanu Growers Union", "kind": "maker", "country": "GH", "region": "Volta", "city": "Ho",
    "registration_number": "CG012342014", "founded_year": 2009, "exporting_since": 2014, "export_markets": ["DE", "NL"],
    "languages": ["en", "fr"], "capacity": "180 t a year", "tagline": "Coffee cooperative in Ho, Volta Region",
    "story": "Adanu means working together.\n\nWe are 640 families.",
}  # fmt: skip


def make_user(email, name, **fields):
    return User.objects.create_user(email, "correct horse", full_name=name, **fields)


def make_company(slug="adanu", *, officer=None, **fields):
    """A draft, or a verified company when an officer is given."""
    company = Company(slug=slug, **{**FACTS, **fields})
    if officer:
        company.state, company.verified_by, company.verified_at = "verified", officer, timezone.now()
        company.verified_until, company.evidence_level = timezone.localdate() + timedelta(days=365), 1
    company.save()
    return company


def picture(name="logo.jpg", size=(640, 480)):
    stream = BytesIO()
    Image.new("RGB", size, "#0a6").save(stream, "JPEG")
    return SimpleUploadedFile(name, stream.getvalue(), content_type="image/jpeg")


@pytest.fixture
def people(db):
    """Owner, editor and viewer of Adanu, somebody else, two officers."""
    return SimpleNamespace(
        owner=make_user("esinam@adanu.example", "Esinam Agbeko", purpose="exporter"),
        editor=make_user("kwame@adanu.example", "Kwame Tetteh", purpose="exporter"),
        viewer=make_user("dela@adanu.example", "Dela Mensah", purpose="exporter"),
        stranger=make_user("kofi@elsewhere.example", "Kofi Owusu", purpose="exporter"),
        officer=make_user("ama@agency.example", "Ama Kumi", is_staff=True),
        second_officer=make_user("yaw@agency.example", "Yaw Darko", is_staff=True),
    )


def make_logo():
    """A public logo that was read already."""
    upload = Upload.objects.create(
        profile="logo",
        name="logo.jpg",
        byte_size=9,
        sha256="0" * 64,
        content_type="image/jpeg",
        state="ready",
        width=320,
        height=320,
        is_public=True,
    )
    Rendition.objects.create(
        upload=upload, format="webp", label=160, width=160, height=160, byte_size=9, sha256="0" * 64
    )
    return upload


def staff(company, people):
    for name in ("owner", "editor", "viewer"):
        Member.objects.create(company=company, user=getattr(people, name), role=name)
    ContactChannel.objects.create(company=company, kind="email", value="sales@adanu.example")
    return company


@pytest.fixture
def draft(people):
    """Adanu before any officer saw it: complete, with its first proposal."""
    company = staff(make_company(), people)
    CompanyRevision.objects.create(company=company, number=1, facts=read_facts(company=company))
    return company


@pytest.fixture
def verified(people):
    """Adanu as buyers see it."""
    company = staff(make_company(officer=people.officer), people)
    Site.objects.create(
        company=company, name="Washing station", kind="factory", city="Amedzofe", region="Volta", country="GH"
    )
    CompanyRevision.objects.create(company=company, number=1, state="approved", facts=read_facts(company=company))
    return company


@pytest.fixture
def member():
    """Finds somebody's place in a company: `member(company, user)`."""

    def find(company, user):
        return Member.objects.select_related("company", "user").get(company=company, user=user)

    return find


@pytest.fixture
def reason(db):
    return Reason.objects.create(code="number-missing", label="No number", statement="Add the number.", kind="company")


@pytest.fixture
def changes():
    """The ids of companies that the change hooks were told of."""
    told = []

    def hear(*, company_id):
        told.append(company_id)

    on_company_change(hear)
    yield told
    _hooks.remove(hear)


@pytest.fixture
def open_case():
    """The one open case of a company."""

    def find(company):
        return Case.objects.open().get(kind="company", subject_id=str(company.pk))

    return find


@pytest.fixture
def typed():
    """What a browser posts from the storefront form of a company, with changes."""

    def make(company, **changed):
        values = {**read_facts(company=company), "version": get_version(company=company)}
        del values["logo"], values["cover"]
        values |= {
            "email": "sales@adanu.example",
            "email_shown": "on",
            "sites-TOTAL_FORMS": "0",
            "sites-INITIAL_FORMS": "0",
            "then": "stay",
        }
        return {name: value for name, value in {**values, **changed}.items() if value is not None}

    return make


@pytest.fixture
def fresh(client, people):
    """Signs somebody in, as if by password a moment ago."""

    def sign_in(name):
        person = getattr(people, name)
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()

    return sign_in
