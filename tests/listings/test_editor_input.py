"""Prices, pictures, delivery and packing through the client: what is typed, what is refused, without JavaScript's help."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from listings.choices import ListingState
from listings.services.drafts import save_basics
from tests.listings.editor_input import jpeg, offer, packing, save_before, text, url, version
from tests.listings.factories import add_picture, make_listing, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client, member):
    client.force_login(member.user)
    return client


@pytest.fixture
def draft(member):
    return make_listing(company=member.company, state=ListingState.DRAFT)


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
    response = client.post(
        url(draft, "pictures"), offer(draft, ("48", "9.00"), pictures=[jpeg("a.jpg"), jpeg("b.jpg")])
    )
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


@pytest.mark.parametrize(
    ("service", "verb"),
    [("add_pictures", ""), ("remove_picture", "remove"), ("move_picture", "later")],
)
def test_a_colleague_who_saves_just_before_a_picture_is_not_written_over(client, draft, monkeypatch, service, verb):
    """The prices typed beside the picture are refused as stale; they stay on the page."""
    revision = draft.revisions.get()
    failed = add_picture(revision, position=2, state="failed", name="cut.jpg")
    body = offer(draft, ("48", "7.77"))
    body |= {"picture_action": f"{verb}:{failed.upload_id}"} if verb else {"pictures": [jpeg()]}
    save_before(monkeypatch, service, member=make_member(company=draft.company), listing=draft)
    response = client.post(url(draft, "pictures"), body)
    assert (response.status_code, 'value="7.77"' in text(response)) == (409, True)
    revision.refresh_from_db()
    assert (revision.title, revision.price_breaks.count()) == ("A colleague's", 2)


@pytest.mark.parametrize(
    ("price", "more"), [("nine", {}), ("7.77", {"add_break": "1"}), ("7.77", {"pictures": "no picture"})]
)
def test_a_page_that_comes_back_keeps_the_version_that_it_was_based_on(client, draft, price, more):
    """Else what a colleague saved meanwhile would be written over by the corrected page."""
    if "pictures" in more:
        more = {"pictures": [SimpleUploadedFile("notes.docx", b"PK\x03\x04 no picture")]}
    before = version(draft)
    save_basics(
        member=make_member(company=draft.company),
        listing_id=draft.pk,
        version=before,
        values={"title": "A colleague's"},
    )
    response = client.post(url(draft, "pictures"), offer(draft, ("48", price), **more) | {"version": before})
    assert f'name="version" value="{before}"' in text(response)
    assert client.post(url(draft, "pictures"), offer(draft, ("48", "7.77")) | {"version": before}).status_code == 409


@pytest.mark.parametrize(
    ("verb", "names"), [("later", ["picture-2.jpg", "picture-1.jpg"]), ("remove", ["picture-2.jpg"])]
)
def test_a_picture_is_moved_and_removed_by_buttons(client, draft, verb, names):
    revision = draft.revisions.get()
    add_picture(revision, position=2)
    first = revision.pictures.first()
    client.post(url(draft, "pictures"), offer(draft, ("60", "6.20"), picture_action=f"{verb}:{first.upload_id}"))
    assert [picture.upload.name for picture in revision.pictures.order_by("position")] == names


@pytest.mark.parametrize(
    "action",
    ["remove:nonsense", "explode:11111111-1111-1111-1111-111111111111", "remove:11111111-1111-1111-1111-111111111111"],
)
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
    client.post(
        url(draft, "delivery"),
        {"version": version(draft), "hs_code": typed, "origin_country": "GH", "lead_time_days": "0"},
    )
    revision = draft.revisions.get()
    assert (revision.hs_code, revision.lead_time_days) == ("090111", 0)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"hs_code": "0901"}, "An HS code has six digits, such as 0901.11."),
        ({"hs_code": "09011100"}, "Give the first six digits, such as 0901.11"),
        ({"hs_code": "999999"}, "There is no HS code 9999.99 in the edition of 2022."),
        ({"lead_time_days": "2.5"}, "Write a whole number."),
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
    row = {
        "kind": "drum",
        "contents": "190",
        "net_weight": "190",
        "gross_weight": "200.5",
        "height": "88",
        "diameter": "58,5",
    }
    response = client.post(url(draft, "packing"), packing(draft, row, then="next"))
    assert response.url == url(draft, "review")
    package = draft.revisions.get().package_types.get()
    assert (package.net_weight_g, package.gross_weight_g, package.diameter_mm, package.height_mm) == (
        190_000,
        200_500,
        585,
        880,
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"gross_weight": "60"},
            "The gross weight must be higher than the net weight: it includes the package itself.",
        ),
        ({"net_weight": "6"}, "The contents weigh 60 kg, but the net weight says 6 kg. Correct one of them."),
        ({"width": ""}, "Give length, width and height, or leave all three empty."),
        ({"kind": ""}, "Choose the kind of package."),
        ({"contents": ""}, "Say how much one package holds."),
        ({"net_weight": ""}, "Give the net and the gross weight."),
    ],
)
def test_a_wrong_package_is_refused_at_its_field(client, draft, change, message):
    sack = {
        "kind": "sack",
        "contents": "60",
        "net_weight": "60",
        "gross_weight": "60.7",
        "length": "70",
        "width": "45",
        "height": "25",
    }
    response = client.post(url(draft, "packing"), packing(draft, sack | change))
    assert response.status_code == 422
    assert message in text(response)
    assert draft.revisions.get().package_types.get().gross_weight_g == 60_700


def test_a_package_is_added_and_removed_without_javascript(client, draft):
    added = text(client.post(url(draft, "packing"), packing(draft, {"kind": "drum"}, add_package="1")))
    assert 'name="packages-1-kind"' in added
    removed = text(
        client.post(url(draft, "packing"), packing(draft, {"contents": "1"}, {"contents": "2"}, remove_package="0"))
    )
    assert 'name="packages-0-contents" value="2"' in removed


@pytest.mark.parametrize("forged", ["²", "-1", "9" * 5000, "ten"])
@pytest.mark.parametrize("field", ["breaks-TOTAL_FORMS", "remove_break"])
def test_a_forged_row_number_is_no_error(client, draft, field, forged):
    response = client.post(url(draft, "pictures"), offer(draft, ("48", "9.00"), **{"add_break": "1", field: forged}))
    assert response.status_code == 200


def test_words_for_a_picture_that_is_not_there_are_left_out(client, draft):
    picture = draft.revisions.get().pictures.get()
    words = {"alt-nonsense": "x", f"alt-{picture.upload_id}": "Sacks\x00 on a pallet"}
    response = client.post(url(draft, "pictures"), offer(draft, ("48", "9.00"), **words))
    picture.refresh_from_db()
    assert (response.status_code, picture.alt) == (302, "Sacks on a pallet")


def test_an_hs_code_may_be_typed_in_arabic_digits(client, draft):
    typed = "0901.11".translate({ord("0") + digit: 0x660 + digit for digit in range(10)})
    client.post(url(draft, "delivery"), {"version": version(draft), "origin_country": "GH", "hs_code": typed})
    assert draft.revisions.get().hs_code == "090111"
