"""The five steps through the client: with and without JavaScript's shortcuts, refusals, two tabs, strangers."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from listings.choices import ListingState
from listings.models import Listing
from listings.rules.states import make_version
from listings.selectors.drafts import find_shown_revision
from listings.services.submission import submit_revision
from moderation.models import Case, Decision
from storefronts.choices import Role
from tests.listings.factories import add_picture, make_category, make_listing, make_member, make_officer, make_user

pytestmark = pytest.mark.django_db
STEPS = ("basics", "pictures", "delivery", "packing", "review")


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def client(client, member):
    client.force_login(member.user)
    return client


@pytest.fixture
def draft(member):
    return make_listing(company=member.company, state=ListingState.DRAFT)


def url(listing, step="basics"):
    return reverse("products:edit", args=[listing.company.slug, listing.pk, step])


def version(listing):
    shown = find_shown_revision(listing=listing)
    return make_version(shown.pk, shown.edit_count)


def basics(listing=None, **fields):
    values = {"title": "Natural coffee", "summary": "", "description": "", "language": "en", "category": make_category().pk, "unit": "kg"}
    return values | ({"version": version(listing)} if listing else {}) | fields


def offer(listing, *rows, **fields):
    values = {
        "version": version(listing), "currency": "USD", "unit": "kg", "incoterm": "FOB", "incoterm_place": "Tema",
        "price_visibility": "public", "minimum_order": "", "breaks-TOTAL_FORMS": len(rows), "breaks-INITIAL_FORMS": 0,
    }  # fmt: skip
    for place, (quantity, price) in enumerate(rows):
        values |= {f"breaks-{place}-quantity": quantity, f"breaks-{place}-price": price}
    return values | fields


def packing(listing, *rows, **fields):
    values = {"version": version(listing), "packages-TOTAL_FORMS": len(rows), "packages-INITIAL_FORMS": 0}
    for place, row in enumerate(rows):
        values |= {f"packages-{place}-{name}": value for name, value in row.items()}
    return values | fields


def jpeg(name="front.jpg"):
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "#8a6a4b").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", [ListingState.DRAFT, ListingState.LIVE, ListingState.SUSPENDED, ListingState.ARCHIVED])
def test_every_step_opens_in_every_state(client, member, step, state):
    listing = make_listing(company=member.company, state=state)
    response = client.get(url(listing, step))
    assert response.status_code == 200
    assert text(response).count("<h1") == 1


def test_a_product_is_begun_with_its_name(client, member):
    response = client.post(reverse("products:new", args=[member.company.slug]), basics(title="  Natural   coffee "))
    listing = Listing.objects.get()
    assert response.url == url(listing, "pictures")
    assert listing.revisions.get().title == "Natural coffee"


def test_without_a_name_no_draft_is_left_behind(client, member):
    response = client.post(reverse("products:new", args=[member.company.slug]), basics(title="", summary="Kept words"))
    assert response.status_code == 422
    assert "Give the product a name." in text(response)
    assert "<title>Error:" in text(response)
    assert "Kept words" in text(response)
    assert Listing.objects.count() == 0


def test_a_step_is_saved_and_leads_to_the_next(client, draft):
    response = client.post(url(draft), basics(draft, then="next"))
    assert response.url == url(draft, "pictures")
    assert draft.revisions.get().title == "Natural coffee"


@pytest.mark.parametrize("step", STEPS[:4])
def test_the_save_bar_says_where_each_button_leads(client, draft, step):
    body = text(client.get(url(draft, step)))
    assert 'name="then" value="leave"' in body
    assert 'name="then" value="next"' in body


def test_save_and_leave_leads_to_the_list(client, draft):
    response = client.post(url(draft), basics(draft, then="leave"))
    assert response.url == reverse("products:list", args=[draft.company.slug])


def test_enter_saves_and_stays(client, draft):
    assert client.post(url(draft), basics(draft)).url == url(draft)


def test_an_autosave_answers_with_the_new_version(client, draft):
    response = client.post(url(draft), basics(draft, title="Saved by itself"), headers={"X-Autosave": "1"})
    assert (response.status_code, response.json()) == (200, {"state": "saved"})
    assert response.headers["X-Version"] == version(draft)
    assert draft.revisions.get().title == "Saved by itself"


def test_an_autosave_of_an_invalid_step_saves_nothing(client, draft):
    response = client.post(url(draft), basics(draft, title=""), headers={"X-Autosave": "1"})
    assert (response.status_code, response.json()) == (422, {"state": "invalid"})
    assert draft.revisions.get().title == "Washed Arabica green coffee"


def test_a_second_tab_is_told_and_keeps_its_words(client, draft):
    stale = version(draft)
    client.post(url(draft), basics(draft, title="First tab"))
    response = client.post(url(draft), basics(draft, title="Second tab", version=stale))
    assert response.status_code == 409
    assert "This was changed in another window" in text(response)
    assert 'value="Second tab"' in text(response)
    assert f'value="{version(draft)}"' in text(response)
    assert draft.revisions.get().title == "First tab"


def test_prices_are_saved_as_typed_in_any_order(client, draft):
    client.post(url(draft, "pictures"), offer(draft, ("1 000", "5,40"), ("60", "6.20"), then="next"))
    revision = draft.revisions.get()
    assert [(row.minimum_quantity, row.unit_price) for row in revision.price_breaks.all()] == [
        (Decimal(60), Decimal("6.20")), (Decimal(1000), Decimal("5.40")),
    ]  # fmt: skip
    assert (revision.minimum_order, revision.incoterm_place) == (Decimal(60), "Tema")


@pytest.mark.parametrize(
    ("rows", "fields", "message"),
    [
        ([("48", "9.00"), ("120", "8.60"), ("240", "")], {}, "Give the price from 240 kg, lower than $8.60."),
        ([("48", "9.00"), ("120", "9.10")], {}, "The price from 120 kg must be lower than $9.00."),
        ([("48", "9.00"), ("48", "8.10")], {}, "Two prices start at 48 kg. Keep one."),
        ([("", "9.00")], {}, "Say from how many this price holds."),
        ([("48", "9.00")], {"minimum_order": "60"}, "The first price must start at your minimum order, 60 kg."),
        ([("48", "nine")], {}, "“nine” is no number. Write it in digits, such as 1250 or 8.60."),
        ([("1.000", "9")], {}, "“1.000” can be read in two ways. Write 1000 or 1."),
        ([("48", "0")], {}, "Write a number above zero, or leave this empty."),
        ([("48", "9.00")], {"currency": ""}, "Choose the currency of your prices."),
        ([("48", "9.00")], {"currency": "XXX"}, "Select a valid choice."),
        ([("48", "9.00")], {"unit": "stone"}, "Select a valid choice."),
        ([], {"incoterm": "FOB", "incoterm_place": ""}, "Name the place that belongs to FOB."),
        ([], {"incoterm": "", "incoterm_place": "Tema"}, "Say what the price includes up to this place."),
        ([(str(n), str(100 - n)) for n in range(1, 8)], {}, "Give at most six prices."),
    ],
)
def test_a_wrong_price_is_refused_at_its_field(client, draft, rows, fields, message):
    response = client.post(url(draft, "pictures"), offer(draft, *rows, **fields))
    assert response.status_code == 422
    assert message in text(response)
    assert "<title>Error:" in text(response)
    assert draft.revisions.get().price_breaks.count() == 2


def test_the_summary_links_to_the_wrong_price(client, draft):
    body = text(client.post(url(draft, "pictures"), offer(draft, ("48", "9.00"), ("120", ""))))
    assert 'href="#id_breaks-1-price"' in body
    assert 'id="id_breaks-1-price"' in body


def test_a_break_is_added_without_javascript_and_nothing_is_judged(client, draft):
    response = client.post(url(draft, "pictures"), offer(draft, ("48", "nine"), add_break="1", incoterm_place="Lomé"))
    body = text(response)
    assert response.status_code == 200
    assert 'name="breaks-1-quantity"' in body
    assert 'value="nine"' in body
    assert 'value="Lomé"' in body
    assert "error-summary" not in body
    assert draft.revisions.get().price_breaks.count() == 2


def test_a_break_is_removed_without_javascript(client, draft):
    body = text(client.post(url(draft, "pictures"), offer(draft, ("48", "9"), ("120", "8"), remove_break="0")))
    assert 'name="breaks-0-quantity" value="120"' in body
    assert 'name="breaks-1-quantity"' not in body


def test_a_removed_row_is_not_saved(client, draft):
    client.post(url(draft, "pictures"), offer(draft, ("48", "9"), ("120", ""), **{"breaks-1-DELETE": "on"}))
    assert [row.minimum_quantity for row in draft.revisions.get().price_breaks.all()] == [Decimal(48)]


def test_pictures_and_typed_prices_are_kept_together(client, draft):
    response = client.post(url(draft, "pictures"), offer(draft, ("48", "9.00"), pictures=[jpeg("a.jpg"), jpeg("b.jpg")]))
    assert response.url == url(draft, "pictures") + "#pictures"
    revision = draft.revisions.get()
    assert revision.pictures.count() == 3
    assert revision.price_breaks.get().unit_price == Decimal(9)


def test_a_refused_file_is_named_and_the_good_ones_and_the_price_stay(client, draft):
    files = [jpeg("a.jpg"), SimpleUploadedFile("notes.docx", b"PK\x03\x04")]
    response = client.post(url(draft, "pictures"), offer(draft, ("48", "7.77"), pictures=files))
    assert response.status_code == 422
    assert "notes.docx is no picture. Send JPEG, PNG, WebP or HEIC." in text(response)
    assert 'value="7.77"' in text(response)
    assert draft.revisions.get().pictures.count() == 2


def test_an_unfinished_price_does_not_hold_up_a_picture(client, draft):
    response = client.post(url(draft, "pictures"), offer(draft, ("48", ""), pictures=[jpeg()]))
    assert response.status_code == 200
    assert 'name="breaks-0-quantity" value="48"' in text(response)
    assert "error-summary" not in text(response)
    assert draft.revisions.get().pictures.count() == 2


def test_a_picture_of_a_live_product_keeps_the_page_current(client, member):
    listing = make_listing(company=member.company)
    client.post(url(listing, "pictures"), offer(listing, ("60", "6.00"), pictures=[jpeg()]))
    opened = listing.revisions.first()
    assert (opened.number, opened.pictures.count(), opened.price_breaks.get().unit_price) == (2, 2, Decimal(6))


@pytest.mark.parametrize(("verb", "names"), [("later", ["picture-2.jpg", "picture-1.jpg"]), ("remove", ["picture-2.jpg"])])
def test_a_picture_is_moved_and_removed_by_buttons(client, draft, verb, names):
    revision = draft.revisions.get()
    add_picture(revision, position=2)
    first = revision.pictures.first()
    client.post(url(draft, "pictures"), offer(draft, ("60", "6.20"), picture_action=f"{verb}:{first.upload_id}"))
    assert [picture.upload.name for picture in revision.pictures.order_by("position")] == names


@pytest.mark.parametrize("action", ["remove:nonsense", "explode:11111111-1111-1111-1111-111111111111", "remove:11111111-1111-1111-1111-111111111111"])
def test_a_picture_that_is_not_there_is_explained(client, draft, action):
    response = client.post(url(draft, "pictures"), offer(draft, ("60", "6.20"), picture_action=action))
    assert response.status_code == 422
    assert "This picture was removed in the meantime." in text(response)
    assert draft.revisions.get().pictures.count() == 1


def test_the_pictures_are_watched_while_one_is_worked_on(client, draft):
    add_picture(draft.revisions.get(), position=2, state="processing", name="next.jpg")
    watched = text(client.get(reverse("products:shots", args=[draft.company.slug, draft.pk])))
    assert "data-poll=" in watched
    assert "Making the sizes" in watched


def test_ready_and_failed_pictures_are_not_watched(client, draft):
    add_picture(draft.revisions.get(), position=2, state="failed", name="cut.jpg")
    watched = text(client.get(reverse("products:shots", args=[draft.company.slug, draft.pk])))
    assert "data-poll=" not in watched
    assert "The file is cut short. Send it again." in watched
    assert "Send again" in watched


@pytest.mark.parametrize("typed", ["0901.11", "090111", "0901 11"])
def test_an_hs_code_is_kept_as_six_digits(client, draft, typed):
    draft.revisions.update(hs_code="")
    client.post(url(draft, "delivery"), {"version": version(draft), "hs_code": typed, "origin_country": "GH", "lead_time_days": "0"})
    revision = draft.revisions.get()
    assert (revision.hs_code, revision.lead_time_days) == ("090111", 0)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"hs_code": "0901"}, "An HS code has six digits, such as 0901.11."),
        ({"hs_code": "09011100"}, "Give the first six digits, such as 0901.11"),
        ({"hs_code": "999999"}, "There is no HS code 9999.99 in the edition of 2022."),
        ({"lead_time_days": "2.5"}, "Write at most 0 decimals."),
        ({"origin_country": "QQ"}, "Select a valid choice."),
        ({"sample_price": "18"}, "Tick this to offer the sample described below, or empty its fields."),
    ],
)
def test_a_wrong_delivery_is_refused_at_its_field(client, draft, fields, message):
    response = client.post(url(draft, "delivery"), {"version": version(draft), "origin_country": "GH"} | fields)
    assert response.status_code == 422
    assert message in text(response)
    assert draft.revisions.get().hs_code == "090111"


def test_weights_are_stored_in_grams_and_sizes_in_millimetres(client, draft):
    row = {"kind": "drum", "contents": "190", "net_weight": "190", "gross_weight": "200.5", "height": "88", "diameter": "58,5"}
    response = client.post(url(draft, "packing"), packing(draft, row, then="next"))
    assert response.url == url(draft, "review")
    package = draft.revisions.get().package_types.get()
    assert (package.net_weight_g, package.gross_weight_g, package.diameter_mm, package.height_mm) == (190_000, 200_500, 585, 880)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"gross_weight": "60"}, "The gross weight must be higher than the net weight: it includes the package itself."),
        ({"net_weight": "6"}, "The contents weigh 60 kg, but the net weight says 6 kg. Correct one of them."),
        ({"width": ""}, "Give length, width and height, or leave all three empty."),
        ({"kind": ""}, "Choose the kind of package."),
        ({"contents": ""}, "Say how much one package holds."),
        ({"net_weight": ""}, "Give the net and the gross weight."),
    ],
)
def test_a_wrong_package_is_refused_at_its_field(client, draft, change, message):
    sack = {"kind": "sack", "contents": "60", "net_weight": "60", "gross_weight": "60.7", "length": "70", "width": "45", "height": "25"}
    response = client.post(url(draft, "packing"), packing(draft, sack | change))
    assert response.status_code == 422
    assert message in text(response)
    assert draft.revisions.get().package_types.get().gross_weight_g == 60_700


def test_a_package_is_added_and_removed_without_javascript(client, draft):
    added = text(client.post(url(draft, "packing"), packing(draft, {"kind": "drum"}, add_package="1")))
    assert 'name="packages-1-kind"' in added
    removed = text(client.post(url(draft, "packing"), packing(draft, {"contents": "1"}, {"contents": "2"}, remove_package="0")))
    assert 'name="packages-0-contents" value="2"' in removed


def test_a_double_submit_makes_one_case(client, draft):
    for _ in range(2):
        response = client.post(url(draft, "review"), {"act": "submit"})
        assert response.url == reverse("products:list", args=[draft.company.slug])
    assert Case.objects.count() == 1


def test_what_is_missing_is_said_with_links(client, member):
    listing = make_listing(company=member.company, state=ListingState.DRAFT, pictures=0, unit="", hs_code="")
    response = client.post(url(listing, "review"), {"act": "submit"})
    body = text(response)
    assert response.status_code == 422
    assert 'href="#missing-picture"' in body
    assert 'href="#missing-unit"' in body
    assert 'id="missing-unit"' in body
    assert Case.objects.count() == 0


def test_while_an_officer_looks_the_editor_only_reads(client, member, draft):
    submit_revision(member=member, listing_id=draft.pk)
    page = text(client.get(url(draft)))
    assert "Withdraw to edit" in page
    assert "<fieldset class=\"stack gap-5\" disabled>" in page
    response = client.post(url(draft), basics(draft, title="Changed"))
    assert response.status_code == 409
    assert "An officer is checking this product. Withdraw it to change it." in text(response)
    assert draft.revisions.get().title == "Washed Arabica green coffee"


def test_a_withdrawn_product_can_be_edited_again(client, member, draft):
    submit_revision(member=member, listing_id=draft.pk)
    assert client.post(url(draft, "review"), {"act": "withdraw"}).url == url(draft)
    assert draft.revisions.get().state == "draft"


def test_the_agencys_note_stands_on_top(client, member, draft):
    submit_revision(member=member, listing_id=draft.pk)
    Decision.objects.create(
        case=Case.objects.get(), officer=make_officer(), outcome="changes", note="Show the back label.", undo_until="2026-01-01T00:00Z"
    )
    draft.revisions.update(state="changes")
    assert "Show the back label." in text(client.get(url(draft)))


@pytest.mark.parametrize("step", STEPS)
def test_a_viewer_reads_but_does_not_write(client, member, draft, step):
    viewer = make_member(company=member.company, role=Role.VIEWER)
    client.force_login(viewer.user)
    assert client.get(url(draft, step)).status_code == 200
    assert client.post(url(draft, step), basics(draft)).status_code == 403
    assert draft.revisions.get().title == "Washed Arabica green coffee"


def test_a_viewer_creates_nothing(client, member):
    client.force_login(make_member(company=member.company, role=Role.VIEWER).user)
    assert client.post(reverse("products:new", args=[member.company.slug]), basics()).status_code == 403
    assert Listing.objects.count() == 0


@pytest.mark.parametrize("step", [*STEPS, "nonsense"])
def test_a_stranger_learns_nothing(client, draft, step):
    client.force_login(make_user())
    real = client.get(url(draft, step))
    made_up = client.get(reverse("products:edit", args=[draft.company.slug, 999_999, step]))
    assert (real.status_code, made_up.status_code) == (404, 404)
    assert "Arabica" not in text(real)


def test_a_member_of_another_company_does_not_reach_it_through_their_own(client, draft):
    other = make_member()
    client.force_login(other.user)
    address = reverse("products:edit", args=[other.company.slug, draft.pk, "basics"])
    assert client.get(address).status_code == 404
    assert client.post(address, basics(draft)).status_code == 404
    assert draft.revisions.get().title == "Washed Arabica green coffee"


def test_who_is_not_signed_in_is_asked_to(client, draft):
    client.logout()
    response = client.get(url(draft))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(("step", "queries"), [("basics", 19), ("pictures", 17), ("delivery", 17), ("packing", 17), ("review", 17)])
def test_a_step_costs_a_fixed_number_of_queries(client, draft, django_assert_num_queries, step, queries):
    revision = draft.revisions.get()
    for position in range(2, 8):
        add_picture(revision, position=position)
    client.get(url(draft, step))
    with django_assert_num_queries(queries):
        client.get(url(draft, step))
