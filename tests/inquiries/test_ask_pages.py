"""The form on product and storefront, the page of its own, the mailed link, the buyer's list."""

import re

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from core import slots
from core.models import OutboxMail
from inquiries.models import Absence, Inquiry
from inquiries.selectors.links import SALT, build_link
from inquiries.selectors.similar import list_similar_exporters
from inquiries.services.asking import confirm_inquiry
from listings.models import Listing
from storefronts.models import Company
from tests.inquiries.conftest import make_company, make_listing, make_person

pytestmark = pytest.mark.django_db

WORDS = {"text": "Do you ship to Hamburg?", "quantity": "600", "destination": "DE", "place": "Hamburg"}
GUEST = {**WORDS, "name": "Jana Petersen", "organisation": "Kontor", "email": "Jana@kontor.example"}


@pytest.fixture
def url(company, listing):
    return f"/ask/{company.pk}/?listing={listing.pk}"


@pytest.fixture
def as_buyer(client, people):
    client.force_login(people.buyer)
    return client


def link_of(mail):
    return re.search(r"(/inquiries/open/\S+)", mail.text)[1]


def test_the_product_page_carries_the_form(client, listing, url):
    page = client.get(listing.get_absolute_url()).content.decode()
    assert f'action="{url}"' in page
    assert 'name="email"' in page


def test_the_storefront_carries_the_form_with_a_unit(client, company):
    page = client.get(company.get_absolute_url()).content.decode()
    assert f'action="/ask/{company.pk}/"' in page
    assert 'name="unit"' in page


def test_a_signed_in_buyer_is_not_asked_what_is_known(as_buyer, listing):
    page = as_buyer.get(listing.get_absolute_url()).content.decode()
    assert 'name="email"' not in page
    assert '<option value="DE" selected>' in page
    assert 'value="Hamburg"' in page


def test_the_quantity_typed_on_the_page_is_in_the_form(client, listing):
    page = client.get(listing.get_absolute_url(), {"quantity": "600"}).content.decode()
    assert re.search(r'name="quantity" value="600"[^>]*id="id_ask_quantity"', page)


def test_an_anonymous_page_with_the_form_stays_unchanged(client, listing):
    first = client.get(listing.get_absolute_url())
    again = client.get(listing.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert "csrfmiddlewaretoken" not in first.content.decode()


def test_members_are_told_where_buyers_see_the_form(client, people, listing):
    client.force_login(people.viewer)
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "This is your own company. Buyers see the form here." in page
    assert 'name="text"' not in page


@pytest.mark.parametrize("slot", ["product.side", "storefront.side"])
def test_the_form_keeps_to_its_queries(slot, company, listing, people, django_assert_max_num_queries):
    filling = next(one for one in slots.list_fillings() if one.slot == slot and "ask" in one.template)
    loaded = Listing.objects.select_related("company", "live_revision").get(pk=listing.pk)
    with django_assert_max_num_queries(filling.queries):
        filling.select(listing=loaded, company=company, user=people.buyer)


def test_a_guest_journey_from_the_form_to_the_thread(client, url, people):
    assert client.post(url, GUEST).url == "/inquiries/look-into-mail/"
    link = link_of(OutboxMail.objects.get(recipient="jana@kontor.example"))
    assert "Send my inquiry" in client.get(link).content.decode()
    assert Inquiry.objects.get().state == "unconfirmed"
    inquiry = Inquiry.objects.get()
    assert client.post(link).url == f"/inquiries/{inquiry.pk}/"
    assert client.get(link).url == f"/inquiries/{inquiry.pk}/"
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.place_line) == ("new", "Hamburg, Germany")
    assert (inquiry.quantity, inquiry.unit, inquiry.buyer_email) == (600, "kg", "jana@kontor.example")


def test_a_signed_in_buyer_comes_straight_to_the_thread(as_buyer, url):
    answer = as_buyer.post(url, WORDS)
    assert answer.url == Inquiry.objects.get().get_absolute_url()
    assert as_buyer.post(url, WORDS).url == answer.url
    assert Inquiry.objects.count() == 1


def test_a_forged_form_of_a_signed_in_buyer_is_refused(url, people):
    checking = Client(enforce_csrf_checks=True)
    checking.force_login(people.buyer)
    assert checking.post(url, WORDS).status_code == 403
    assert not Inquiry.objects.exists()


def test_a_guest_needs_no_token_for_has_no_rights_to_borrow(url):
    assert Client(enforce_csrf_checks=True).post(url, GUEST).status_code == 302


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("text", " ", "Write what you want to know."),
        ("quantity", "0", "Write a number above zero"),
        ("quantity", "-5", "is no number"),
        ("quantity", "99999999999", "too large to be meant"),
        ("email", "jana", "Enter a valid email address"),
        ("name", "", "Type your name."),
    ],
)
def test_what_is_wrong_comes_back_with_all_that_was_typed(client, url, field, typed, words):
    answer = client.post(url, {**GUEST, field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "error-summary" in page
    assert "Kontor" in page
    assert not Inquiry.objects.exists()


def test_numbers_are_read_in_the_reader_s_digits(client, url):
    client.post("/ar" + url, {**GUEST, "quantity": "٦٠٠"})
    assert (Inquiry.objects.get().quantity, Inquiry.objects.get().buyer_language) == (600, "ar")


def test_the_arabic_mail_leads_to_the_arabic_page(client, url):
    client.post("/ar" + url, GUEST)
    assert "/ar/inquiries/open/" in OutboxMail.objects.get().text


def test_a_flood_from_one_network_is_refused_and_keeps_the_words(client, url, company):
    for number in range(30):
        client.post(url, {**GUEST, "email": f"buyer{number}@kontor.example"})
    answer = client.post(url, {**GUEST, "email": "one.more@kontor.example"})
    assert answer.status_code == 429
    assert "Do you ship to Hamburg?" in answer.content.decode()
    assert Inquiry.objects.count() == 30


def test_a_withdrawn_product_cannot_be_asked_about(client, url, listing):
    type(listing).objects.filter(pk=listing.pk).update(state="paused")
    assert client.get(url).status_code == 410


@pytest.mark.parametrize("path", ["/ask/999999/", "/ask/1/?listing=x", "/inquiries/open/forged/"])
def test_what_does_not_exist_is_not_found_or_gone(client, people, path):
    assert client.get(path).status_code in {404, 410}


def test_an_old_link_offers_a_new_one_to_the_same_address(client, guest_thread, monkeypatch):
    token = build_link(inquiry=guest_thread).rstrip("/").rpartition("/")[2]
    monkeypatch.setattr("inquiries.selectors.links.LINK_LASTS", timezone.timedelta(seconds=-1))
    answer = client.get(f"/inquiries/open/{token}/")
    assert answer.status_code == 410
    assert "Send me a new link" in answer.content.decode()
    before = OutboxMail.objects.filter(recipient="jana@kontor.example").count()
    assert client.post(f"/inquiries/open/{token}/again/").url == "/inquiries/look-into-mail/"
    assert OutboxMail.objects.filter(recipient="jana@kontor.example").count() == before + 1


def test_a_token_of_another_page_opens_nothing(client, guest_thread):
    token = signing.dumps(str(guest_thread.pk), salt=SALT + "x")
    assert client.get(f"/inquiries/open/{token}/").status_code == 404


def test_the_link_does_not_leak_to_other_sites(client, ask):
    page = client.get(link_of_inquiry(ask().inquiry)).content.decode()
    assert '<meta name="referrer" content="same-origin">' in page
    assert "noindex" in page


def link_of_inquiry(inquiry):
    return "/inquiries/open/" + build_link(inquiry=inquiry).partition("/open/")[2]


def test_a_company_that_is_away_says_until_when(client, company, url):
    today = timezone.localdate()
    Absence.objects.create(company=company, first_day=today, back_on=today + timezone.timedelta(days=3))
    assert "This exporter is away" in client.get(url).content.decode()


def test_my_inquiries_shows_mine_only(as_buyer, thread, guest_thread):
    page = as_buyer.get("/inquiries/").content.decode()
    assert str(thread.pk) in page
    assert str(guest_thread.pk) not in page


def test_an_account_made_later_finds_what_its_address_asked(client, guest_thread):
    client.force_login(make_person("jana@kontor.example", "Jana Petersen"))
    assert str(guest_thread.pk) in client.get("/inquiries/").content.decode()


def test_a_guest_without_a_link_sees_an_empty_list(client, guest_thread):
    assert "No inquiries yet" in client.get("/inquiries/").content.decode()


def test_similar_exporters_are_others_one_each_and_not_away(thread, company, people):
    today = timezone.localdate()
    others = [make_company(f"other{number}", people.officer) for number in range(5)]
    for other in others:
        make_listing(other, title=f"Coffee of {other.slug}")
        make_listing(other, title="A second one")
    Absence.objects.create(company=others[0], first_day=today, back_on=today + timezone.timedelta(days=3))
    Company.objects.filter(pk=others[1].pk).update(state="suspended")
    rows = list_similar_exporters(inquiry=thread, user=people.buyer, language="en")
    assert sorted(row.card.company for row in rows) == [f"Other{number} Growers Union" for number in (2, 3, 4)]
    assert all(f"from={thread.pk}" in row.ask_url for row in rows)


def test_the_same_question_is_filled_in_for_its_buyer_only(as_buyer, thread, people):
    other = make_company("volta", people.officer)
    product = make_listing(other)
    path = f"/ask/{other.pk}/?listing={product.pk}&from={thread.pk}"
    assert "Do you ship 600 kg to Hamburg?" in as_buyer.get(path).content.decode()
    assert "Do you ship 600 kg to Hamburg?" not in Client().get(path).content.decode()


def test_confirming_an_inquiry_to_a_company_suspended_since_sends_nothing(client, ask, company):
    inquiry = ask().inquiry
    Company.objects.filter(pk=company.pk).update(state="suspended")
    assert client.post(link_of_inquiry(inquiry)).status_code == 410
    inquiry.refresh_from_db()
    assert inquiry.state == "unconfirmed"


def test_confirming_binds_an_account_with_that_address(ask, people):
    inquiry = ask(email=people.other_buyer.email).inquiry
    assert confirm_inquiry(inquiry_id=inquiry.pk).inquiry.buyer == people.other_buyer
