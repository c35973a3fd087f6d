"""Details, variants, documents and languages through the client: what is typed, what is refused, what a buyer then reads."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from listings.choices import ListingState
from listings.models import AttributeValue, ListingText, Variant, VariantPrice
from listings.selectors.published import get_published
from reference.models import Attribute, Category
from tests.listings.editor_input import offer, text, url, version
from tests.listings.factories import make_listing, make_member
from tests.listings.test_paper_pages import add_paper, paper

pytestmark = pytest.mark.django_db
GOOD_GTIN, OTHER_GTIN = "4006381333931", "5901234123457"


@pytest.fixture
def client(client, member):
    client.force_login(member.user)
    return client


@pytest.fixture
def draft(member):
    return make_listing(company=member.company, state=ListingState.DRAFT)


def variants(listing, *rows, **fields):
    values = {"version": version(listing), "variants-TOTAL_FORMS": len(rows), "variants-INITIAL_FORMS": 0}
    for place, row in enumerate(rows):
        values |= {f"variants-{place}-{name}": value for name, value in row.items()}
    return values | fields


def test_variants_keep_their_numbers_and_prices_in_order(client, draft):
    rows = (
        {"name": "500 g jar", "article_number": "A-1", "gtin": GOOD_GTIN, "price_1": "6.50", "quantity_2": "200", "price_2": "6"},
        {"name": "Drum"},
        {"name": " "},
    )  # fmt: skip
    assert client.post(url(draft, "variants"), variants(draft, *rows)).status_code == 302
    jar, drum = draft.revisions.get().variants.all()
    assert (jar.name, jar.article_number, jar.gtin, drum.name) == ("500 g jar", "A-1", GOOD_GTIN, "Drum")
    smallest = draft.revisions.get().minimum_order
    assert [(row.minimum_quantity, row.unit_price) for row in jar.prices.all()] == [
        (smallest, Decimal("6.50")), (Decimal(200), Decimal(6)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"name": "A", "gtin": "4006381333932"}], "This is not a GTIN: its last digit does not fit the others."),
        ([{"name": "A"}, {"name": "a"}], "Two variants have this name."),
        ([{"name": "A", "article_number": "X1"}, {"name": "B", "article_number": "x1"}], "This article number stands in another line too."),
        ([{"name": "A", "gtin": GOOD_GTIN}, {"name": "B", "gtin": GOOD_GTIN}], "This GTIN stands in another line too."),
        ([{"name": "A", "article_number": "OWN-1"}], "This article number stands in another line too."),
        ([{"article_number": "X1"}], "Name this variant, such as its size or colour."),
        ([{"name": "A", "price_1": "5", "quantity_2": "900", "price_2": "6"}], "must be lower than $5.00."),
        ([{"name": "A", "price_1": "free"}], "“free” is no number."),
        ([{"name": f"V{n}"} for n in range(31)], "Give at most 30 variants."),
    ],
)  # fmt: skip
def test_a_wrong_variant_is_refused_at_its_field(client, draft, rows, message):
    draft.revisions.update(article_number="OWN-1")
    response = client.post(url(draft, "variants"), variants(draft, *rows))
    assert response.status_code == 422
    assert message in text(response)
    assert Variant.objects.count() == 0


def test_an_article_number_of_another_product_is_refused_and_what_was_typed_stays(client, draft, member):
    other = make_listing(company=member.company, title="Other oil")
    other.revisions.update(article_number="TWICE-1")
    response = client.post(url(draft, "variants"), variants(draft, {"name": "Jar", "article_number": "twice-1"}))
    assert response.status_code == 422
    assert "Your product “Other oil” has the number TWICE-1 already. Give this one its own." in text(response)
    assert 'value="twice-1"' in text(response)
    assert Variant.objects.count() == 0


def test_a_number_of_another_companys_product_is_free(client, draft):
    make_listing(company=make_member().company).revisions.update(article_number="A-1")
    client.post(url(draft, "variants"), variants(draft, {"name": "Jar", "article_number": "A-1"}))
    assert Variant.objects.get().article_number == "A-1"


def test_rows_are_added_and_removed_without_javascript(client, draft):
    added = text(client.post(url(draft, "variants"), variants(draft, {"name": "Jar"}, add_variant="1")))
    assert 'name="variants-1-name"' in added
    assert 'value="Jar"' in added
    removed = text(
        client.post(url(draft, "variants"), variants(draft, {"name": "Jar"}, {"name": "Tin"}, remove_variant="0"))
    )
    assert 'value="Tin"' in removed
    assert 'value="Jar"' not in removed


def details(listing, **fields):
    return {"version": version(listing)} | fields


def test_attributes_are_asked_by_the_category_and_kept_typed(client, draft):
    draft.revisions.update(category=Category.objects.get(slug="green-coffee"))
    asked = {
        one.key: one for one in Attribute.objects.filter(category__slug__in=["green-coffee", "coffee-tea-and-cocoa"])
    }
    fields = {
        f"attribute-{asked['moisture'].pk}": "11.5", f"attribute-{asked['process'].pk}": "Washed", f"attribute-{asked['variety'].pk}": "Heirloom",
    }  # fmt: skip
    assert client.post(url(draft, "details"), details(draft, **fields)).status_code == 302
    kept = {row.attribute.key: row.value for row in AttributeValue.objects.select_related("attribute")}
    assert kept == {"moisture": Decimal("11.5"), "process": "Washed", "variety": "Heirloom"}
    wrong = client.post(url(draft, "details"), details(draft, **{f"attribute-{asked['process'].pk}": "Magic"}))
    assert wrong.status_code == 422
    assert AttributeValue.objects.count() == 3


def test_answers_of_another_category_are_kept_but_not_shown(client, draft):
    revision = draft.revisions.get()
    asked = Attribute.objects.get(category__slug="soaps", key="weight")
    AttributeValue.objects.create(revision=revision, attribute=asked, number=90)
    client.post(url(draft, "details"), details(draft, stock="5"))
    assert AttributeValue.objects.get().number == 90
    assert "Weight of a bar" not in text(client.get(url(draft, "review")))


def test_availability_shelf_life_and_brand_are_kept(client, draft):
    fields = {
        "stock": "300", "yearly_capacity": "12 000", "harvest_months": ["3", "1"], "shelf_life": "18", "shelf_life_unit": "month",
        "private_label_offered": "on", "private_label_minimum": "500", "customisation_offered": "on", "customisation_note": "Label and size.",
    }  # fmt: skip
    client.post(url(draft, "details"), details(draft, **fields))
    revision = draft.revisions.get()
    assert (revision.stock, revision.stock_on, revision.yearly_capacity) == (300, timezone.localdate(), 12000)
    assert (revision.harvest_months, revision.shelf_life, revision.shelf_life_unit) == ([1, 3], 18, "month")
    body = text(client.get(url(draft, "review")))
    for said in ("18 months", "January, March", "Yes, from 500 kg", "Label and size."):
        assert said in body


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"shelf_life": "18"}, "Say whether these are days, months or years."),
        ({"shelf_life_unit": "month"}, "Give the number, or choose nothing beside it."),
        ({"private_label_minimum": "5"}, "Tick this to offer what stands below, or empty it."),
        ({"stock": "-3"}, "is no number"),
        ({"harvest_months": ["13"]}, "Select a valid choice."),
    ],
)
def test_details_that_do_not_fit_are_refused(client, draft, fields, message):
    response = client.post(url(draft, "details"), details(draft, **fields))
    assert response.status_code == 422
    assert message in text(response)


def test_the_day_of_a_quantity_moves_only_with_the_quantity(client, draft):
    draft.revisions.update(stock=300, stock_on=date(2026, 1, 5))
    client.post(url(draft, "details"), details(draft, stock="300", yearly_capacity="9"))
    assert draft.revisions.get().stock_on == date(2026, 1, 5)
    client.post(url(draft, "details"), details(draft, stock="250"))
    assert draft.revisions.get().stock_on == timezone.localdate()


def texts(listing, language="fr", **fields):
    values = {f"text-{language}-{name}": value for name, value in fields.items()}
    return {"version": version(listing), "languages": [language]} | values


def test_a_second_language_is_added_and_buyers_read_it(client, draft):
    asked = text(client.post(url(draft, "texts"), {"version": version(draft), "add_text": "1", "new_language": "ar"}))
    assert 'name="text-ar-title"' in asked
    client.post(url(draft, "texts"), texts(draft, "ar", title="زيت الباوباب", summary="زيت ذهبي", origin="human"))
    row = ListingText.objects.get()
    assert (row.language, row.origin, row.title) == ("ar", "human", "زيت الباوباب")
    preview = reverse("products:preview", args=[draft.company.slug, draft.pk])
    assert "زيت الباوباب" in text(client.get(f"/ar{preview}"))
    assert "زيت الباوباب" not in text(client.get(preview))


def test_a_language_without_a_name_is_refused_and_an_empty_one_taken_out(client, draft):
    response = client.post(url(draft, "texts"), texts(draft, title="", summary="Un mot"))
    assert response.status_code == 422
    assert "Give the product a name in this language too." in text(response)
    client.post(url(draft, "texts"), texts(draft, title="Huile"))
    client.post(url(draft, "texts"), texts(draft, title=""))
    assert ListingText.objects.count() == 0


def test_the_language_of_the_first_step_is_not_written_twice(client, draft):
    response = client.post(url(draft, "texts"), texts(draft, "en", title="Oil"))
    assert response.status_code == 422
    assert "The texts of the first step are in this language already." in text(response)
    assert ListingText.objects.count() == 0


@pytest.mark.parametrize("page", ["details", "variants", "documents", "texts"])
def test_two_tabs_do_not_overwrite_one_another(client, draft, page):
    bodies = {
        "details": details(draft, stock="5"), "variants": variants(draft, {"name": "Jar"}), "documents": {"version": version(draft)},
        "texts": texts(draft, title="Huile"),
    }  # fmt: skip
    document = add_paper(client, draft)
    bodies["documents"] |= paper(document)
    client.post(url(draft), {"version": version(draft), "title": "Changed elsewhere", "language": "en"})
    response = client.post(url(draft, page), bodies[page])
    assert response.status_code == 409
    assert draft.revisions.get().title == "Changed elsewhere"


def test_a_new_version_takes_everything_over(client, member, officer):
    listing = make_listing(company=member.company)
    revision = listing.live_revision
    jar = Variant.objects.create(revision=revision, position=1, name="Jar", article_number="J-1")
    VariantPrice.objects.create(variant=jar, minimum_quantity=60, unit_price="7")
    ListingText.objects.create(revision=revision, language="fr", origin="human", title="Huile")
    revision.harvest_months, revision.yearly_capacity = [2, 3], 900
    revision.save()
    client.post(url(listing), {"version": version(listing), "title": "New name", "language": "en"})
    opened = listing.revisions.order_by("-number").first()
    assert opened.pk != revision.pk
    assert [(row.name, row.article_number, [str(price.unit_price) for price in row.prices.all()]) for row in opened.variants.all()] == [
        ("Jar", "J-1", ["7.0000"])
    ]  # fmt: skip
    assert [text.title for text in opened.texts.all()] == ["Huile"]
    assert (opened.harvest_months, opened.yearly_capacity) == ([2, 3], 900)
    assert revision.variants.count() == 1


def test_the_product_page_shows_the_prices_of_the_chosen_variant(client, member):
    listing = make_listing(company=member.company)
    jar = Variant.objects.create(revision=listing.live_revision, position=1, name="Jar", article_number="J-1")
    VariantPrice.objects.create(variant=jar, minimum_quantity=60, unit_price="77.70")
    page, chosen = client.get(listing.get_absolute_url()), client.get(listing.get_absolute_url(), {"variant": "1"})
    assert text(page).count("$77.70") == 1  # in the table of variants
    assert text(chosen).count("$77.70") == 2
    assert '<option value="1" selected>Jar</option>' in text(chosen)
    assert client.get(listing.get_absolute_url(), {"variant": "x"}).status_code == 422


def test_the_currency_stays_while_a_variant_has_a_price(client, draft):
    client.post(url(draft, "variants"), variants(draft, {"name": "Jar", "price_1": "5"}))
    body = offer(draft, currency="")
    response = client.post(url(draft, "pictures"), body)
    assert response.status_code == 422
    assert "Choose the currency of your prices." in text(response)


def test_a_price_without_a_currency_is_told_at_whichever_field_it_stands(client, draft):
    draft.revisions.update(currency="")
    response = client.post(url(draft, "variants"), variants(draft, {"name": "Jar", "quantity_2": "10", "price_2": "5"}))
    assert response.status_code == 422
    assert "Choose the currency first" in text(response)


def test_the_first_step_does_not_take_a_language_that_has_its_texts(client, draft):
    client.post(url(draft, "texts"), texts(draft, "fr", title="Huile"))
    response = client.post(url(draft), {"version": version(draft), "title": "Oil", "language": "fr"})
    assert response.status_code == 422
    assert "There are texts in this language already" in text(response)
    assert draft.revisions.get().language == "en"


def test_a_bar_code_with_a_zero_before_it_is_the_same_bar_code(client, draft):
    rows = ({"name": "Jar", "gtin": GOOD_GTIN}, {"name": "Tin", "gtin": f"0{GOOD_GTIN}"})
    assert "This GTIN stands in another line too." in text(client.post(url(draft, "variants"), variants(draft, *rows)))


def test_a_product_priced_by_its_variants_asks_to_choose_one(client, member):
    listing = make_listing(company=member.company)
    listing.live_revision.price_breaks.all().delete()
    jar = Variant.objects.create(revision=listing.live_revision, position=1, name="Jar")
    VariantPrice.objects.create(variant=jar, minimum_quantity=60, unit_price="77.70")
    assert "Choose a variant to see its price." in text(client.get(listing.get_absolute_url()))
    assert text(client.get(listing.get_absolute_url(), {"variant": "1"})).count("$77.70") == 2
    assert get_published(pk=listing.pk).price.lowest == Decimal("77.7")


def test_a_language_that_was_begun_elsewhere_has_its_section_when_the_address_asks_for_it(client, draft):
    client.post(url(draft, "texts"), texts(draft, "fr", title="Huile"))
    page = text(client.get(url(draft, "texts"), {"languages": ["de", "en", "xx"]}))
    assert 'value="Huile"' in page
    assert 'name="text-de-title"' in page
    assert 'name="text-en-title"' not in page
    assert 'name="text-xx-title"' not in page
