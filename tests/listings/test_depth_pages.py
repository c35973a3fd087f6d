"""Details, variants, documents and languages through the client: what is typed, what is refused, what a buyer then reads."""

import io
from datetime import date
from decimal import Decimal

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from listings.choices import ListingState
from listings.exceptions import DocumentsNotReady
from listings.models import AttributeValue, ListingDocument, ListingText, Variant, VariantPrice
from listings.selectors.changes import judge_revision
from listings.selectors.comparison import build_comparison
from listings.selectors.published import get_published
from listings.services.decisions import decide_revision
from listings.services.submission import submit_revision
from moderation.models import Case
from moderation.rules import Ruling
from reference.models import Attribute, Category
from tests.listings.editor_input import offer, save_before, text, url, version
from tests.listings.factories import add_picture, make_listing, make_member
from uploads.adapters.store import store_once
from uploads.models import Upload
from uploads.rules.documents import original_name

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


def pdf(name="report.pdf"):
    content, made = io.BytesIO(), pikepdf.new()
    made.add_blank_page()
    made.save(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")


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


def add_paper(client, listing):
    client.post(url(listing, "documents"), {"version": version(listing), "documents": [pdf()]})
    return listing.revisions.order_by("-number").first().documents.get()


def paper(document, **fields):
    values = {"kind": "specification", "title": "Sheet", "visibility": "public"} | fields
    return {f"document-{document.upload_id}-{name}": value for name, value in values.items()}


def test_a_document_is_added_without_javascript_and_read_by_nobody_yet(client, draft):
    response = client.post(url(draft, "documents"), {"version": version(draft), "documents": [pdf("Lab 7.pdf")]})
    assert response.status_code == 302
    document = ListingDocument.objects.get()
    assert (document.title, document.kind, document.visibility, document.evidence_level) == (
        "Lab 7",
        "other",
        "buyer",
        0,
    )


def test_a_laboratory_report_names_lot_laboratory_and_date(client, draft):
    document = add_paper(client, draft)
    body = {"version": version(draft)} | paper(document, kind="lab_report")
    response = client.post(url(draft, "documents"), body)
    assert response.status_code == 422
    for message in ("Give the lot that was tested", "Name the laboratory.", "Give the date of the report."):
        assert message in text(response)
    facts = {"lot": "L-7", "issued_by": "Ho Laboratory", "issued_on": "2026-10-02"}
    client.post(url(draft, "documents"), {"version": version(draft)} | paper(document, kind="lab_report", **facts))
    document.refresh_from_db()
    assert (document.kind, document.lot, document.issued_on) == ("lab_report", "L-7", date(2026, 10, 2))


def test_days_that_cannot_be_are_refused(client, draft):
    document = add_paper(client, draft)
    ahead = client.post(url(draft, "documents"), {"version": version(draft)} | paper(document, issued_on="2199-01-01"))
    assert "This day lies ahead." in text(ahead)
    before = paper(document, issued_on="2026-05-01", valid_until="2026-04-01")
    assert "It ends before it was issued." in text(
        client.post(url(draft, "documents"), {"version": version(draft)} | before)
    )


def test_a_file_that_is_no_document_is_refused_with_its_reason(client, draft):
    wrong = SimpleUploadedFile("virus.exe", b"MZ\x90\x00", content_type="application/octet-stream")
    response = client.post(url(draft, "documents"), {"version": version(draft), "documents": [wrong]})
    assert response.status_code == 422
    assert "virus.exe" in text(response)
    assert ListingDocument.objects.count() == 0


def test_a_document_removed_twice_is_told(client, draft):
    document = add_paper(client, draft)
    body = {"version": version(draft), "remove_document": str(document.upload_id)}
    assert client.post(url(draft, "documents"), body).status_code == 302
    again = client.post(url(draft, "documents"), body)
    assert "This document was removed in the meantime." in text(again)


@pytest.mark.parametrize("service", ["add_documents", "remove_document"])
def test_a_colleague_who_saves_just_before_a_paper_is_not_written_over(client, draft, member, monkeypatch, service):
    document = add_paper(client, draft)
    acts = {
        "add_documents": {"documents": [pdf("Lab 7.pdf")]},
        "remove_document": {"remove_document": str(document.upload_id)},
    }
    body = {"version": version(draft)} | paper(document, title="Mine") | acts[service]
    save_before(monkeypatch, service, member=make_member(company=member.company), listing=draft)
    response = client.post(url(draft, "documents"), body)
    revision = draft.revisions.get()
    assert (response.status_code, revision.title) == (409, "A colleague's")
    assert not revision.documents.filter(title="Mine").exists()


def send_and_approve(listing, member, officer):
    submit_revision(member=member, listing_id=listing.pk)
    decide_revision(case=Case.objects.latest("pk"), officer=officer, ruling=Ruling("approve"))
    listing.refresh_from_db()


@pytest.mark.parametrize(("visibility", "status"), [("public", 200), ("inquiry", 404), ("buyer", 404)])
def test_strangers_read_public_papers_once_an_officer_has_seen_them(client, member, officer, visibility, status):
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    add_picture(listing.revisions.get())
    document = add_paper(client, listing)
    client.post(url(listing, "documents"), {"version": version(listing)} | paper(document, visibility=visibility))
    store_once(original_name(sha256=document.upload.sha256), b"%PDF-1.7")
    Upload.objects.filter(pk=document.upload_id).update(state="ready", pages=1)
    address = reverse("catalogue:document", args=[listing.pk, document.upload_id])
    client.logout()
    assert client.get(address).status_code == 404
    send_and_approve(listing, member, officer)
    assert ListingDocument.objects.get().evidence_level == 1
    page = text(client.get(listing.get_absolute_url()))
    assert "Seen by an officer" in page
    assert (address in page) is (visibility == "public")
    response = client.get(address)
    assert response.status_code == status
    assert response.streaming is False or response.getvalue() == b"%PDF-1.7"


def test_what_an_officer_saw_is_unseen_once_it_says_something_else(client, draft, officer):
    document = add_paper(client, draft)
    ListingDocument.objects.update(seen_at=timezone.now(), seen_by=officer)
    client.post(
        url(draft, "documents"), {"version": version(draft)} | paper(document, title=document.title, kind="other")
    )
    document.refresh_from_db()
    assert (document.visibility, document.evidence_level) == ("public", 1)
    client.post(url(draft, "documents"), {"version": version(draft)} | paper(document, title="Another", kind="other"))
    document.refresh_from_db()
    assert document.evidence_level == 0


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


def test_the_officer_opens_every_paper_from_the_case(client, member, officer):
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    document = add_paper(client, listing)
    Upload.objects.filter(pk=document.upload_id).update(state="ready", pages=1)
    submit_revision(member=member, listing_id=listing.pk)
    (row,) = [row for row in build_comparison(case=Case.objects.latest("pk")).rows if row.kind == "link"]
    address = reverse("media:original", args=[document.upload_id])
    assert [link.url for link in row.after] == [address]
    client.force_login(officer)
    case = reverse("admin:moderation_case", args=[Case.objects.latest("pk").pk])
    assert f'href="{address}"' in text(client.get(case))


def test_a_product_whose_paper_cannot_be_opened_is_not_sent(client, member):
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    add_paper(client, listing)
    with pytest.raises(DocumentsNotReady):
        submit_revision(member=member, listing_id=listing.pk)
    assert listing.revisions.get().state == "draft"


def test_who_may_read_a_paper_changes_at_once_and_the_exporter_is_told(client, member, officer):
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    document = add_paper(client, listing)
    client.post(url(listing, "documents"), {"version": version(listing)} | paper(document))
    Upload.objects.filter(pk=document.upload_id).update(state="ready", pages=1)
    send_and_approve(listing, member, officer)
    client.post(url(listing, "documents"), {"version": version(listing)} | paper(document, visibility="buyer"))
    verdict = judge_revision(revision=listing.revisions.order_by("-number").first())
    assert ([change.kind for change in verdict.changes], verdict.waits) == (["readers"], False)
    assert "Who may read documents" in text(client.get(url(listing, "review")))
    submit_revision(member=member, listing_id=listing.pk)
    listing.refresh_from_db()
    assert [row.visibility for row in listing.live_revision.documents.all()] == ["buyer"]


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
