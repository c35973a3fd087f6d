"""Quotations for buyers whom the exporter knows: by mail or by phone, without an account, counted apart."""

import pytest

from core.errors import NotAllowed
from core.models import OutboxMail
from inquiries.exceptions import BuyerUnreachable, CompanySuspendedNow
from inquiries.models import Inquiry, Quotation, ReplyRecord
from inquiries.selectors.weekly import list_weekly_inquiries
from inquiries.services.own_buyers import OwnBuyer, quote_own_buyer
from storefronts.models import Company, Member
from tests.inquiries.quoting import send, write_draft

pytestmark = pytest.mark.django_db
NEW = "/sell/adanu/quotations/new/"


def member_of(company, person):
    return Member.objects.select_related("user", "company").get(company=company, user=person)


@pytest.fixture
def add(company, people):
    def do(who="owner", key="k", listing=None, **buyer):
        facts = {"name": "Aino Virtanen", "phone": "+358 40 1234567", **buyer}
        member = member_of(company, getattr(people, who))
        return quote_own_buyer(member=member, buyer=OwnBuyer(**facts), listing_id=listing, key=key)

    return do


def test_with_a_phone_only_nothing_is_mailed_and_the_link_works(add, people, client):
    quotation = add()
    send(write_draft(quotation.inquiry, people.owner), people.owner)
    assert not OutboxMail.objects.filter(subject__startswith="Quotation").exists()
    client.force_login(people.owner)
    page = client.get(quotation.get_absolute_url()).text
    assert "https://wa.me/358401234567?text=Quotation%20Q-" in page


def test_with_an_address_the_link_is_mailed(add, people):
    quotation = add(phone="", email="Aino@Kahvila.example")
    send(write_draft(quotation.inquiry, people.owner), people.owner)
    mail = OutboxMail.objects.get(recipient="aino@kahvila.example")
    assert "/q/" in mail.text


def test_it_is_no_inquiry_that_somebody_received(add, company, people):
    quotation = add()
    send(write_draft(quotation.inquiry, people.owner), people.owner)
    assert not Inquiry.objects.asked().exists()
    assert list_weekly_inquiries(company_id=company.pk, since=quotation.created_at.date()) == []
    assert not ReplyRecord.objects.filter(answers__gt=0).exists()


def test_the_same_form_is_one_thread(add):
    assert add(key="a") == add(key="a")
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize("said", [{"phone": "", "email": ""}, {"phone": " ", "email": " "}])
def test_a_buyer_can_be_reached(said, add):
    with pytest.raises(BuyerUnreachable):
        add(**said)
    assert not Inquiry.objects.exists()


def test_viewers_and_suspended_companies_add_none(add, company):
    with pytest.raises(NotAllowed):
        add("viewer")
    Company.objects.update(state="suspended")
    with pytest.raises(CompanySuspendedNow):
        add()
    assert not Quotation.objects.exists()


def test_the_page_leads_to_the_builder_with_the_product_in_it(client, company, people, listing):
    client.force_login(people.owner)
    typed = {"name": "Aino", "phone": "+358 40 1234567", "language": "ar", "listing": str(listing.pk), "key": "k"}
    answer = client.post(NEW, typed)
    quotation = Quotation.objects.get()
    assert answer.url == f"{quotation.get_absolute_url()}edit/"
    assert "Washed Arabica" in client.get(answer.url).text
    assert quotation.inquiry.buyer_language == "ar"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"phone": ""}, "e-mail or phone number"),
        ({"phone": "call me"}, "with its country code"),
        ({"name": ""}, "Write the buyer’s name."),
        ({"email": "aino"}, "valid email"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(typed, sentence, client, company, people):
    client.force_login(people.owner)
    answer = client.post(
        NEW, {"name": "Aino", "organisation": "Kahvila", "phone": "+358 40 123", "language": "en", "key": "k", **typed}
    )
    assert (answer.status_code, sentence in answer.text, "Kahvila" in answer.text) == (422, True, True)
    assert not Inquiry.objects.exists()


def test_the_list_shows_own_buyers_apart(client, add, people):
    add()
    client.force_login(people.owner)
    page = client.get("/sell/adanu/quotations/").text
    assert ("Own buyer" in page, "Aino Virtanen" in page) == (True, True)
    client.force_login(people.stranger)
    assert client.get("/sell/adanu/quotations/").status_code == 404


def test_an_address_that_the_team_entered_is_not_called_confirmed(client, add, people):
    quotation = add(phone="", email="never@heard.example")
    client.force_login(people.owner)
    page = client.get(f"/inquiries/{quotation.inquiry_id}/").text
    assert "Confirmed by a mailed link" not in page
    assert "Entered by your team, not confirmed" in page
