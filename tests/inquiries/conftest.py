"""Two companies with their people, a product each, buyers with and without an account, and the acts of a thread."""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import BuyerProfile, User
from core.jobs import run_job
from core.models import Job
from inquiries.models import Inquiry
from inquiries.rules.messages import BuyerWords, Question, Reader
from inquiries.services.asking import ask_inquiry, confirm_inquiry
from inquiries.services.messages import send_message
from listings.models import Listing, ListingRevision
from reference.models import Category
from storefronts.models import Company, Member

NOBODY = Reader(AnonymousUser())


def make_person(email, name, **fields):
    person = User.objects.create_user(email, "correct horse", full_name=name, **fields)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def make_company(slug, officer, **fields):
    facts = {
        "legal_name": f"{slug.title()} Growers Union", "kind": "maker", "country": "GH", "city": "Ho", "state": "verified", "verified_by": officer,
        "verified_at": timezone.now(), "verified_until": timezone.localdate() + timedelta(days=365),
    }  # fmt: skip
    return Company.objects.create(slug=slug, **{**facts, **fields})


def make_listing(company, title="Washed Arabica", category="green-coffee"):
    listing = Listing.objects.create(company=company)
    revision = ListingRevision.objects.create(
        listing=listing,
        number=1,
        state="approved",
        title=title,
        unit="kg",
        category=Category.objects.get(slug=category),
    )
    Listing.objects.filter(pk=listing.pk).update(live_revision=revision, state="live", first_live_at=timezone.now())
    listing.refresh_from_db()
    return listing


@pytest.fixture
def people(db):
    """Members of Adanu and of Keta, two buyers with accounts, two officers."""
    members = {
        role: make_person(f"{role}@adanu.example", f"{role.title()} Adanu", purpose="exporter")
        for role in ("owner", "editor", "viewer")
    }
    buyer = make_person("lena@hanse.example", "Lena Brandt")
    BuyerProfile.objects.create(user=buyer, organisation="Hanse Röstwerk", country="DE", city="Hamburg")
    return SimpleNamespace(
        **members,
        stranger=make_person("kofi@keta.example", "Kofi Keta", purpose="exporter"),
        buyer=buyer,
        other_buyer=make_person("marie@duval.example", "Marie Duval"),
        officer=make_person("ama@agency.example", "Ama Kumi", is_staff=True),
        second_officer=make_person("yaw@agency.example", "Yaw Darko", is_staff=True),
    )


@pytest.fixture
def company(people):
    adanu = make_company("adanu", people.officer)
    for role in ("owner", "editor", "viewer"):
        Member.objects.create(company=adanu, user=getattr(people, role), role=role)
    return adanu


@pytest.fixture
def other_company(people):
    keta = make_company("keta", people.officer)
    Member.objects.create(company=keta, user=people.stranger, role="owner")
    return keta


@pytest.fixture
def listing(company):
    return make_listing(company)


@pytest.fixture
def ask(company, listing):
    """Ask as somebody: `ask(user=None, text=..., email=...)`; the answer of the service."""

    def do(
        *, user=None, text="Do you ship 600 kg to Hamburg?", email="jana@kontor.example", key="", about=listing, **asked
    ):
        buyer = BuyerWords(email=email, name="Jana Petersen", organisation="Kontor", language="en")
        return ask_inquiry(
            reader=Reader(user) if user else NOBODY, company_id=company.pk, listing_id=about.pk if about else None,
            question=Question(text, **asked), buyer=buyer, key=key or str(uuid4()),
        )  # fmt: skip

    return do


@pytest.fixture
def thread(ask, people):
    """A sent inquiry of the buyer with an account."""
    return ask(user=people.buyer).inquiry


@pytest.fixture
def guest_thread(ask):
    """A sent inquiry of a buyer without an account."""
    return confirm_inquiry(inquiry_id=ask().inquiry.pk).inquiry


@pytest.fixture
def guest(guest_thread):
    """The buyer without an account, the link opened."""
    return Reader(AnonymousUser(), frozenset({str(guest_thread.pk)}))


@pytest.fixture
def write():
    """Write as a reader: `write(thread, user, "text")`."""

    def do(inquiry, user, text="Yes, in February.", **how):
        reader = user if isinstance(user, Reader) else Reader(user)
        return send_message(reader=reader, inquiry_id=inquiry.pk, text=text, **{"key": str(uuid4()), **how})

    return do


@pytest.fixture
def again():
    """The inquiry as it stands in the database now."""
    return lambda inquiry: Inquiry.objects.get(pk=inquiry.pk)


@pytest.fixture
def run_jobs_of():
    """Make the jobs of a name due and work them off once."""

    def do(name):
        Job.objects.filter(name=name, state="waiting").update(due_at=timezone.now())
        for job in Job.objects.filter(name=name, state="waiting"):
            run_job(job.pk)

    return do


@pytest.fixture
def jpeg():
    """A small picture."""
    stream = BytesIO()
    Image.new("RGB", (640, 480), "#0a6").save(stream, "JPEG")
    return stream.getvalue()


@pytest.fixture
def small_file():
    """A file as a form sends it, a tiny JPEG when nothing is said: `small_file("bag.jpg")`."""

    def do(name="bag.jpg", content=None):
        if content is None:
            kept = BytesIO()
            Image.new("RGB", (640, 480), "brown").save(kept, "JPEG")
            content = kept.getvalue()
        return SimpleUploadedFile(name, content, content_type="image/jpeg")

    return do
