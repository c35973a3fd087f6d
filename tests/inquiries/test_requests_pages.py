"""Pages of requests: the form without JavaScript, the mailed link, the buyer's page, the exporter's list, the officer's case."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from core.models import OutboxMail
from inquiries.models import Inquiry, Match, Request, RequestFile
from inquiries.selectors import requests as selectors
from inquiries.selectors.requests import SALT, build_request_link, get_request_page
from moderation.models import Case
from tests.inquiries.conftest import make_listing

pytestmark = pytest.mark.django_db

ROWS = {"lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "0"}
LINE = {
    "lines-0-description": "Green coffee",
    "lines-0-hs_code": "0901.11",
    "lines-0-quantity": "600",
    "lines-0-unit": "kg",
}
TERMS = {"title": "Coffee for spring", "destination": "DE", "place": "Hamburg", "key": "one-form"}
TYPED = {**TERMS, **ROWS, **LINE}
GUEST = {**TYPED, "name": "Jana Petersen", "organisation": "Kontor", "email": "Jana@kontor.example"}


@pytest.fixture
def as_buyer(client, people):
    client.force_login(people.buyer)
    return client


@pytest.fixture
def coffee(listing):
    listing.live_revision.hs_code = "090111"
    listing.live_revision.save()
    return listing


@pytest.fixture
def told(as_buyer, coffee, people, run_jobs_of):
    """A sourcing request of Lena that Adanu was asked to answer."""
    as_buyer.post("/requests/new/", TYPED)
    officer = Client()
    officer.force_login(people.officer)
    officer.post(f"/admin/moderation/case/{Case.objects.get().pk}/", {"outcome": "approve", "most": "5"})
    run_jobs_of("inquiries.tell_matched")
    return Request.objects.get()


@pytest.fixture
def as_owner(people):
    client = Client()
    client.force_login(people.owner)
    return client


def link_of(mail):
    return re.search(r"(/requests/open/\S+)", mail.text)[1]


def test_the_forms_of_product_and_storefront_lead_to_the_request(client, company, listing):
    assert (
        f'href="/requests/new/{company.pk}/?listing={listing.pk}"'
        in client.get(listing.get_absolute_url()).content.decode()
    )
    page = client.get(f"/requests/new/{company.pk}/?listing={listing.pk}&quantity=600").content.decode()
    assert f'<option value="{listing.pk}" selected>Washed Arabica</option>' in page
    assert 'value="600"' in page


def test_lines_are_added_and_removed_without_javascript_and_nothing_typed_is_lost(client):
    page = client.post("/requests/new/", {**GUEST, "add_line": "1"})
    assert (page.status_code, page.content.decode().count('name="remove_line"')) == (
        200,
        4,
    )  # three lines and the empty pattern
    assert 'value="Green coffee"' in page.content.decode()
    assert 'value="Jana@kontor.example"' in page.content.decode()
    fewer = client.post("/requests/new/", {**GUEST, "remove_line": "0"}).content.decode()
    assert 'value="Green coffee"' not in fewer
    assert not Request.objects.exists()


def test_a_guest_sends_no_files_with_the_form(client, as_owner):
    assert 'type="file"' not in client.get("/requests/new/").content.decode()
    assert 'type="file"' in as_owner.get("/requests/new/").content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"lines-0-quantity": "0"}, "Write a number above zero, or leave this empty."),
        ({"lines-0-quantity": "999999999999"}, "This number is too large to be meant. Check it."),
        ({"lines-0-quantity": ""}, "Say how much you need."),
        ({"lines-0-unit": ""}, "Choose a unit for the quantity, such as kg."),
        ({"lines-0-unit": "bushel"}, "Select a valid choice. bushel is not one of the available choices."),
        ({"lines-0-description": ""}, "Say what you need in this line."),
        ({"lines-0-hs_code": "9"}, "An HS code has six digits, such as 0901.11."),
        ({"lines-0-target_price": "4"}, "Choose the currency of your target prices."),
        ({"lines-0-target_price": "4", "currency": "XYZ"}, "Select a valid choice. XYZ is not one of the available choices."),
        ({"needed_by": "2020-01-01"}, "Choose a day after today, and within three years."),
        ({"needed_by": "soon"}, "Write the day as 2027-01-31."),
        ({"destination": "ZZ"}, "Select a valid choice. ZZ is not one of the available choices."),
        ({"title": ""}, "Give the request a title of a few words."),
        ({"schemes": "987654"}, "One of the certificates is no longer in the list. Choose again."),
        ({"lines-0-description": "", "lines-0-hs_code": "", "lines-0-quantity": "", "lines-0-unit": ""}, "Say what you need: fill in at least one line."),
        ({"lines-TOTAL_FORMS": "13"} | {f"lines-{n}-description": "Tea" for n in range(13)} | {f"lines-{n}-quantity": "1" for n in range(13)} | {f"lines-{n}-unit": "kg" for n in range(13)}, "A request carries at most 12 lines."),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence_and_stays(as_buyer, typed, sentence):
    page = as_buyer.post("/requests/new/", {**TYPED, **typed})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert 'value="Hamburg"' in page.content.decode()
    assert not Request.objects.exists()


def test_a_unit_that_does_not_fit_the_product_is_refused(as_buyer, company, listing):
    typed = {**TYPED, "lines-0-listing": str(listing.pk), "lines-0-unit": "piece"}
    page = as_buyer.post(f"/requests/new/{company.pk}/", typed)
    assert page.status_code == 422
    assert "This product is not sold by this unit. Choose one of: kg, g, tonne." in page.content.decode()
    assert not Request.objects.exists()


def test_another_exporters_product_is_no_choice(as_buyer, company, listing, other_company):
    foreign = make_listing(other_company)
    page = as_buyer.post(f"/requests/new/{company.pk}/", {**TYPED, "lines-0-listing": str(foreign.pk)})
    assert page.status_code == 422
    assert not Request.objects.exists()


def test_nothing_is_requested_of_whom_buyers_do_not_see(as_buyer, company):
    company.state = "suspended"
    company.save()
    assert as_buyer.get(f"/requests/new/{company.pk}/").status_code == 410
    assert as_buyer.post(f"/requests/new/{company.pk}/", TYPED).status_code == 410


def test_a_guest_journey_to_one_exporter(client, company, coffee):
    assert client.post(f"/requests/new/{company.pk}/", GUEST).url == "/inquiries/look-into-mail/"
    link = link_of(OutboxMail.objects.get(recipient="jana@kontor.example"))
    for _turn in range(2):  # a mail scanner, then the buyer
        assert "Send my request" in client.get(link).content.decode()
    assert Request.objects.get().state == "unconfirmed"
    page = client.get(client.post(link).url).content.decode()
    thread = Inquiry.objects.get()
    assert f'href="{thread.get_absolute_url()}"' in page
    assert "Green coffee" in client.get(thread.get_absolute_url()).content.decode()
    assert client.post(link).status_code == 302
    assert Inquiry.objects.count() == 1


def test_a_guest_adds_files_where_the_mailed_link_sends_the_request(client, company, coffee, small_file):
    client.post(f"/requests/new/{company.pk}/", GUEST)
    link = link_of(OutboxMail.objects.get(recipient="jana@kontor.example"))
    assert 'type="file"' in client.get(link).text
    answer = client.post(link, {"files": [small_file("bag.jpg"), small_file("label.jpg")]})
    assert [file.name for file in get_request_page(request=Request.objects.get()).files] == ["bag.jpg", "label.jpg"]
    assert "bag.jpg" in client.get(answer.url).text


def test_too_many_files_send_nothing(client, company, coffee, small_file):
    client.post(f"/requests/new/{company.pk}/", GUEST)
    link = link_of(OutboxMail.objects.get(recipient="jana@kontor.example"))
    answer = client.post(link, {"files": [small_file() for _number in range(6)]})
    assert (answer.status_code, "carries at most 5 files" in answer.text) == (422, True)
    assert (Request.objects.get().state, RequestFile.objects.count()) == ("unconfirmed", 0)


def test_pressing_twice_is_one_request(as_buyer, company):
    first, second = (as_buyer.post(f"/requests/new/{company.pk}/", TYPED) for _turn in range(2))
    assert first.url == second.url
    assert Request.objects.count() == 1


def test_a_forged_link_is_no_link(client):
    assert client.get("/requests/open/made-up/").status_code == 404
    assert client.post("/requests/open/made-up/again/").status_code == 404


def test_an_old_link_offers_a_new_one_to_the_same_address(client, company, monkeypatch):
    client.post(f"/requests/new/{company.pk}/", GUEST)
    monkeypatch.setattr(selectors, "LINK_LASTS", timedelta(seconds=-1))
    token = signing.dumps(str(Request.objects.get().pk), salt=SALT)
    page = client.get(f"/requests/open/{token}/")
    assert (page.status_code, "Send me a new link" in page.content.decode()) == (410, True)
    assert client.post(f"/requests/open/{token}/again/").url == "/inquiries/look-into-mail/"
    assert OutboxMail.objects.filter(recipient="jana@kontor.example").count() == 2


def test_strangers_find_no_request(client, told, people, as_owner):
    for address in (told.get_absolute_url(), f"{told.get_absolute_url()}close/"):
        assert client.__class__().get(address).status_code == 404
        assert as_owner.get(address).status_code == 404


def test_the_officers_case_shows_whom_it_would_go_to_and_why(as_buyer, coffee, people):
    as_buyer.post("/requests/new/", TYPED)
    officer = Client()
    officer.force_login(people.officer)
    page = officer.get(f"/admin/moderation/case/{Case.objects.get().pk}/").content.decode()
    assert "Whom it would go to" in page
    assert "Line 1: the same HS code, 0901.11" in page
    assert 'name="most" value="10"' in page
    too_many = officer.post(f"/admin/moderation/case/{Case.objects.get().pk}/", {"outcome": "approve", "most": "26"})
    assert too_many.status_code == 422
    assert not Match.objects.exists()


def test_the_exporter_answers_and_the_buyer_sees_it(told, as_buyer, as_owner):
    match = Match.objects.get()
    listed = as_owner.get("/sell/adanu/requests/").content.decode()
    assert "Coffee for spring" in listed
    assert "Waiting for you" in listed
    page = as_owner.get(f"/sell/adanu/requests/{match.pk}/").content.decode()
    assert "Exporters" not in page
    assert "@hanse.example" in page
    assert "lena@hanse.example" not in page
    thread = as_owner.post(f"/sell/adanu/requests/{match.pk}/answer/").url
    assert "Green coffee" in as_owner.get(thread).content.decode()
    shown = as_buyer.get(told.get_absolute_url()).content.decode()
    assert f'href="{thread}"' in shown
    assert "of 100 points" in shown


def test_the_exporter_declines(told, as_owner):
    match = Match.objects.get()
    page = as_owner.post(f"/sell/adanu/requests/{match.pk}/decline/", follow=True).content.decode()
    assert "You declined" in page
    match.refresh_from_db()
    assert match.state == "declined"


def test_a_viewer_may_not_answer(told, people):
    viewer = Client()
    viewer.force_login(people.viewer)
    assert viewer.get(f"/sell/adanu/requests/{Match.objects.get().pk}/").status_code == 200
    assert viewer.post(f"/sell/adanu/requests/{Match.objects.get().pk}/answer/").status_code == 403
    assert not Inquiry.objects.exists()


def test_what_is_over_cannot_be_answered(told, as_owner):
    Request.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    page = as_owner.post(f"/sell/adanu/requests/{Match.objects.get().pk}/answer/")
    assert page.status_code == 409
    assert "This request is no longer open. Nothing was sent." in page.content.decode()


def test_the_buyer_closes_after_being_asked_once(told, as_buyer):
    address = f"{told.get_absolute_url()}close/"
    assert "Close “Coffee for spring”?" in as_buyer.get(address).content.decode()
    assert Request.objects.get().state == "open"
    assert "Closed by the buyer" in as_buyer.post(address, follow=True).content.decode()


def test_files_are_added_while_the_agency_reads(as_buyer, small_file, people):
    as_buyer.post("/requests/new/", TYPED)
    request = Request.objects.get()
    as_buyer.post(f"{request.get_absolute_url()}files/", {"files": [small_file()]})
    kept = RequestFile.objects.get()
    assert "bag.jpg" in as_buyer.get(request.get_absolute_url()).content.decode()
    many = as_buyer.post(f"{request.get_absolute_url()}files/", {"files": [small_file() for _number in range(5)]})
    assert many.status_code == 422
    assert RequestFile.objects.count() == 1
    stranger = Client()
    stranger.force_login(people.other_buyer)
    assert stranger.get(f"{request.get_absolute_url()}files/{kept.pk}/").status_code == 404


def test_the_list_of_requests(told, as_buyer):
    page = as_buyer.get("/requests/").content.decode()
    assert "Coffee for spring" in page
    assert "1 exporter asked, 0 answering." in page
    assert "No requests yet" in Client().get("/requests/").content.decode()


def test_a_buyer_with_an_account_finds_what_was_confirmed_as_a_guest(client, company, people):
    client.post(f"/requests/new/{company.pk}/", {**GUEST, "email": people.buyer.email})
    client.post(build_request_link(request=Request.objects.get()).partition("//")[2].partition("/")[2].join(["/", ""]))
    assert Request.objects.get().buyer == people.buyer
