"""The demo's sourcing requests play in through the services: answered side by side, still to be answered, before an officer."""

import pytest

from core.models import Job
from demo.seed.people import make_person, make_personas
from demo.seed.requests import plant_requests
from inquiries.models import Match, Quotation, Request
from moderation.models import Case
from storefronts.models import Member
from tests.inquiries.conftest import make_company, make_listing

pytestmark = pytest.mark.django_db


def make_exporter(slug, officer, hs_code):
    company = make_company(slug, officer)
    owner = make_person(email=f"{slug}@demo.example", full_name=slug.title(), purpose="exporter")
    Member.objects.create(company=company, user=owner, role="owner")
    listing = make_listing(company)
    listing.live_revision.hs_code = hs_code
    listing.live_revision.save()


def test_three_matched_exporters_answer_and_a_second_request_waits_for_them(planted_rows):
    people = make_personas()
    officer = people["kofi@demo.example"]
    for slug, hs_code in (("keta", "090111"), ("volta", "090111"), ("sefwi", "180100"), ("akwaaba", "090121")):
        make_exporter(slug, officer, hs_code)
    assert plant_requests(people=people) == 3
    states = Request.objects.order_by("title").values_list("title", "state")
    assert [state for _title, state in states] == ["open", "waiting", "open"]
    assert Quotation.objects.filter(state="sent", inquiry__request__title__startswith="Green arabica").count() == 3
    assert Match.objects.waiting().exists()
    assert Case.objects.open().filter(kind="request").count() == 1
    assert not Job.objects.filter(name="core.send_mail", state="waiting").exists()
