"""The demo country is believable: enough of everything, nothing twice, every file it speaks of is there."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from PIL import Image

from core.models import Job
from demo.seed.files import PICTURES, list_pictures, read_companies
from demo.seed.people import PERSONAS
from inquiries.models import Attachment, Inquiry, ReplyRecord
from listings.models import Listing
from listings.selectors.silent_firms import list_silent_companies
from moderation.models import Case
from reference.models import Category
from reporting.models import SupportAct
from storefronts.models import Company

COMPANIES = read_companies()
LISTINGS = [listing for company in COMPANIES for listing in company.listings]
SMALL = 2
ACTS_OF_TWO = 4
HIDDEN_OF_ONE_FIRM = 2


def test_there_are_companies_and_live_listings_enough():
    assert len(COMPANIES) >= 40
    assert sum(listing.told["state"] == "live" for listing in LISTINGS) >= 250


def test_no_two_listings_share_a_title_or_description():
    for name in ("title", "description"):
        assert [text for text, count in Counter(listing.told[name] for listing in LISTINGS).items() if count > 1] == []


def test_live_listings_belong_to_verified_companies():
    live = {c.told["state"] for c in COMPANIES for listing in c.listings if listing.told["state"] == "live"}
    assert live == {"verified"}


def test_at_least_24_subjects_are_drawn():
    assert len({stem for profile, stem in list_pictures(COMPANIES) if profile == "listing_picture"}) >= 24


@pytest.mark.parametrize("path", sorted(PICTURES.glob("*.jpg")), ids=lambda path: path.stem)
def test_a_picture_is_a_light_jpeg(path: Path):
    assert path.stat().st_size <= 80 * 1024
    with Image.open(path) as picture:
        assert picture.format == "JPEG"


def test_every_picture_that_is_spoken_of_exists():
    assert [stem for _, stem in list_pictures(COMPANIES) if not (PICTURES / f"{stem}.jpg").exists()] == []


def test_every_category_that_is_spoken_of_exists(planted_rows):
    known = set(Category.objects.leaves().values_list("slug", flat=True))
    assert {listing.told["category"] for listing in LISTINGS} <= known
    assert len(known) >= 60
    assert Category.objects.branches().count() == 8


def expect_threads_of_every_kind():
    assert Counter(Inquiry.objects.values_list("state", flat=True)) == {"answered": 6, "declined": 1, "new": 2}
    unanswered = Inquiry.objects.unanswered().order_by("asked_at")
    assert [inquiry.is_overdue_at(timezone.now()) for inquiry in unanswered] == [True, False]
    assert Attachment.objects.get().upload.state == "ready"
    assert ReplyRecord.objects.get().median_minutes > 0
    assert not Job.objects.filter(name="core.send_mail", state="waiting").exists()


def test_the_seed_plays_in_through_the_services(planted_rows):
    call_command("seed_demo", companies=SMALL)
    told = [listing.told for company in COMPANIES[:SMALL] for listing in company.listings]
    assert Company.objects.public().count() == SMALL
    assert Listing.objects.live().count() == sum(row["state"] == "live" for row in told)
    expect_threads_of_every_kind()
    assert Listing.objects.exclude(prices_hidden_on=None).count() == HIDDEN_OF_ONE_FIRM
    assert [company.price_calls.count() for company in list_silent_companies(now=timezone.now())] == [1]
    assert SupportAct.objects.standing().count() == ACTS_OF_TWO
    assert Case.objects.open().filter(changed_after_approval=True).count() == SMALL
    call_command("seed_demo", companies=SMALL)
    assert Company.objects.count() == SMALL


def test_production_refuses_the_demo(settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="production"):
        call_command("seed_demo")


def test_every_persona_of_the_issue_can_sign_in():
    assert len({persona.email for persona in PERSONAS}) == 6
