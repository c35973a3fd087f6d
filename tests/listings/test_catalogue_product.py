"""The product page: facts, prices for a quantity, what is gone, what machines read."""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from core import slots
from listings.choices import ListingState
from listings.models import Listing
from storefronts.choices import CompanyState
from tests.listings.factories import make_category, make_company, make_listing, make_member, make_user

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_product_page_shows_every_fact_and_says_which_are_missing(client):
    listing = make_listing(
        title="Honey", hs_code="", lead_time_days=None, origin_region="", packed=False, summary="", description=""
    )
    page = text_of(client.get(listing.get_absolute_url()))

    assert "<h1" in page
    assert '<th scope="row">HS code</th><td><span class="muted">Not given</span></td>' in page
    assert '<th scope="row">Packing</th><td><span class="muted">Not given</span></td>' in page
    assert '<span>Ready to ship</span><span class="muted">Not given</span>' in page
    assert "The exporter has not described it yet." in page


def test_a_product_page_describes_packing_code_and_origin(client):
    page = text_of(client.get(make_listing().get_absolute_url()))

    assert "Sack of 60 kg, 60.7 kg with packing, 70 cm \N{MULTIPLICATION SIGN} 45 cm" in page
    assert '<bdi class="num-id" dir="ltr">0901.11</bdi>' in page
    assert "<bdi>Volta, Ghana</bdi>" in page
    assert "Price per kg, FOB Tema" in page


@pytest.mark.parametrize(
    ("quantity", "marked", "words"),
    [
        ("600", "300 kg +", 'Goods together: <bdi dir="ltr">$3,360.00</bdi>'),
        ("299", "60\N{EN DASH}299 kg", 'Goods together: <bdi dir="ltr">$1,853.80</bdi>'),
        ("20", None, "The minimum order is <bdi>60 kg</bdi>."),
    ],
)
def test_the_typed_quantity_marks_its_price(client, quantity, marked, words):
    response = client.get(f"{make_listing().get_absolute_url()}?quantity={quantity}")
    current = [one.quantity for one in response.context["product"].offer.breaks if one.current]

    assert current == ([marked] if marked else [])
    assert words in text_of(response)


@pytest.mark.parametrize("typed", ["many", "-5", "1e99", "NaN"])
def test_a_quantity_that_is_no_number_is_said_and_kept(client, typed):
    response = client.get(f"{make_listing().get_absolute_url()}?quantity={typed}")

    assert response.status_code == 422
    assert "<title>Error: " in text_of(response)
    assert f'value="{typed}"' in text_of(response)


def test_all_pictures_of_a_product_are_links_that_open_them(client):
    page = text_of(client.get(make_listing(pictures=4).get_absolute_url()))

    assert len(re.findall(r'<li><a href="/media/[0-9a-f-]+/320.webp"', page)) == 4
    assert page.count('fetchpriority="high"') == 1


def test_an_old_name_in_the_address_leads_to_the_new_one(client):
    listing = make_listing(title="Forest honey")
    response = client.get(f"/products/old-name/{listing.pk}/?quantity=5")

    assert response.status_code == 301
    assert response["Location"] == f"/products/forest-honey/{listing.pk}/?quantity=5"


@pytest.mark.parametrize("state", [ListingState.PAUSED, ListingState.SUSPENDED, ListingState.ARCHIVED])
def test_what_was_offered_once_is_gone_and_similar_ones_are_shown(client, state):
    listing, other = make_listing(title="Honey", state=state), make_listing(title="Wax")
    response = client.get(listing.get_absolute_url())

    assert response.status_code == 410
    assert "This is no longer offered" in text_of(response)
    assert [card.id for card in response.context["cards"]] == [other.pk]
    assert "Honey" not in text_of(response)


def test_a_listing_of_a_suspended_company_is_gone(client):
    listing = make_listing(company=make_company(state=CompanyState.SUSPENDED))

    assert client.get(listing.get_absolute_url()).status_code == 410


def test_a_stranger_cannot_tell_a_draft_from_nothing(client):
    draft = make_listing(state=ListingState.DRAFT)
    client.force_login(make_user())

    unknown, secret = client.get("/products/product/987654/"), client.get(f"/products/product/{draft.pk}/")
    assert unknown.status_code == secret.status_code == 404
    assert client.get(f"/products/product/{10**30}/").status_code == 404


def test_a_member_sees_the_paused_listing_with_a_note(client):
    listing = make_listing(state=ListingState.PAUSED)
    client.force_login(make_member(company=listing.company).user)
    response = client.get(listing.get_absolute_url())

    assert response.status_code == 200
    assert "Buyers do not see this page. State of the product: Paused." in text_of(response)


def test_similar_products_come_from_the_category_then_from_the_branch(client):
    company = make_company()
    listing = make_listing(company=company, title="One")
    tea = make_category("tea", "Tea")
    in_branch = make_listing(company=company, title="Two", category=tea)
    same = make_listing(company=company, title="Three")
    make_listing(
        company=company, title="Far", category=make_category("baskets", "Baskets", branch_slug="crafts-and-gifts")
    )
    Listing.objects.filter(pk=same.pk).update(first_live_at=timezone.now() - timedelta(days=90))

    assert [card.id for card in client.get(listing.get_absolute_url()).context["product"].similar] == [
        same.pk,
        in_branch.pk,
    ]


def test_machines_read_the_offer_and_texts_cannot_leave_their_script(client):
    listing = make_listing(title="Honey </script><script>alert(1)</script>")
    html = client.get(listing.get_absolute_url()).content.decode()
    described = json.loads(html.split('<script type="application/ld+json">')[1].split("</script>")[0])

    assert described["name"] == "Honey </script><script>alert(1)</script>"
    assert described["offers"]["lowPrice"] == "5.6"
    assert described["offers"]["priceCurrency"] == "USD"
    assert "<script>alert(1)" not in html


def test_a_page_names_its_one_address_and_its_other_languages(client):
    listing = make_listing(title="Honey")
    page = text_of(client.get(f"{listing.get_absolute_url()}?quantity=70"))

    assert f'<link rel="canonical" href="http://localhost:8000/products/honey/{listing.pk}/">' in page
    assert f'hreflang="ar" href="http://localhost:8000/ar/products/honey/{listing.pk}/' in page


def test_a_text_in_another_language_says_so(client):
    listing = make_listing(title="Miel de forêt", language="fr")
    with override("ar"):
        arabic = client.get(listing.get_absolute_url())

    assert '<bdi lang="fr">Miel de forêt</bdi>' in text_of(client.get(listing.get_absolute_url()))
    assert '<html lang="ar" dir="rtl">' in text_of(arabic)


def test_the_product_page_leaves_room_for_apps_above(client, monkeypatch):
    monkeypatch.setattr(slots, "_fillings", {})
    told = []
    slots.register(
        "product.side", template="components/note.html", select=lambda **given: told.append(sorted(given)), queries=0
    )
    client.get(make_listing().get_absolute_url())

    assert told == [["language", "listing", "remembered", "revision", "typed_quantity", "user"]]


@pytest.mark.parametrize("typed", ["1,000", "1 000,0", "1000.0", "\u0661\u066c\u0660\u0660\u0660"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_quantity_is_read_as_its_reader_writes_it(client, language, typed):
    listing = make_listing()
    with override(language):
        address = listing.get_absolute_url()
    response = client.get(address, {"quantity": typed})
    assert (response.status_code, response.context["form"].cleaned_data["quantity"]) == (200, Decimal(1000))
