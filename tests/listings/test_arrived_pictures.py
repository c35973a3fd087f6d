"""A picture that came in pieces takes its place in a product, once."""

import pytest
from django.urls import reverse

from listings.choices import ListingState
from listings.exceptions import TooManyPictures
from listings.services.pictures import MOST_PICTURES, add_arrived_picture, remove_picture
from tests.listings.editor_input import jpeg, version
from tests.listings.factories import make_listing, make_member
from tests.moderation.test_races import run_together
from uploads.exceptions import ArrivalGone
from uploads.models import Arrival, Piece, Upload
from uploads.rules.pieces import Announced
from uploads.services import add_piece, begin_arrival

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(member):
    return make_listing(company=member.company, state=ListingState.DRAFT, pictures=0)


def send(user, name: str = "a.jpg") -> Arrival:
    content = jpeg(name).read()
    announced = Announced("listing_picture", f"listing-{name}", name, len(content))
    arrival = begin_arrival(user=user, announced=announced)
    return add_piece(user=user, arrival_id=arrival.pk, offset=0, content=content)


def names(listing):
    shown = listing.revisions.order_by("-number").first()
    return [picture.upload.name for picture in shown.pictures.select_related("upload")]


def test_pictures_stand_in_the_order_in_which_they_are_taken(member, draft):
    first, second = send(member.user), send(member.user, "b.jpg")
    for arrival in (first, second):
        assert add_arrived_picture(member=member, listing_id=draft.pk, arrival_id=arrival.pk) is True
    assert names(draft) == ["a.jpg", "b.jpg"]


def test_asking_twice_adds_it_once_and_opens_no_version(member):
    live = make_listing(company=member.company, pictures=1)
    arrival = send(member.user)
    add_arrived_picture(member=member, listing_id=live.pk, arrival_id=arrival.pk)
    live.revisions.update(state="approved")
    assert add_arrived_picture(member=member, listing_id=live.pk, arrival_id=arrival.pk) is False
    assert (live.revisions.count(), len(names(live)), Upload.objects.filter(name="a.jpg").count()) == (2, 2, 1)


def test_a_picture_that_was_removed_and_is_chosen_again_costs_no_bytes(member, draft):
    arrival = send(member.user)
    add_arrived_picture(member=member, listing_id=draft.pk, arrival_id=arrival.pk)
    upload = Upload.objects.get()
    remove_picture(member=member, listing_id=draft.pk, upload_id=str(upload.pk))
    add_arrived_picture(member=member, listing_id=draft.pk, arrival_id=arrival.pk)
    assert (names(draft), Upload.objects.get()) == (["a.jpg"], upload)


def test_the_eleventh_picture_is_refused_and_its_pieces_stay(member):
    full = make_listing(company=member.company, state=ListingState.DRAFT, pictures=MOST_PICTURES)
    arrival = send(member.user)
    with pytest.raises(TooManyPictures):
        add_arrived_picture(member=member, listing_id=full.pk, arrival_id=arrival.pk)
    assert (Piece.objects.count(), Upload.objects.filter(name="a.jpg").exists()) == (1, False)


def test_a_colleague_cannot_take_what_another_member_sent(member, draft):
    arrival = send(make_member(company=member.company).user)
    with pytest.raises(ArrivalGone):
        add_arrived_picture(member=member, listing_id=draft.pk, arrival_id=arrival.pk)
    assert names(draft) == []


def test_a_page_that_was_current_stays_current(client, member):
    live = make_listing(company=member.company, pictures=1)
    client.force_login(member.user)
    url = reverse("products:arrivals", args=[member.company.slug, live.pk])
    answer = client.post(url, {"arrival": str(send(member.user).pk), "version": version(live)})
    assert (answer.status_code, answer.json(), answer["X-Version"]) == (200, {"added": True}, version(live))
    behind = client.post(url, {"arrival": str(send(member.user, "b.jpg").pk), "version": "0.1"})
    assert behind["X-Version"] == "0.1"


@pytest.mark.parametrize("arrival", ["", "no-uuid", "0a09bfa3-6464-48d2-988d-5c1e97331365"])
def test_what_is_not_there_is_gone_in_words(client, member, draft, arrival):
    client.force_login(member.user)
    answer = client.post(reverse("products:arrivals", args=[member.company.slug, draft.pk]), {"arrival": arrival})
    assert (answer.status_code, answer.json()["message"]) == (
        410,
        "What had arrived of this picture is no longer kept. It is sent from its beginning.",
    )


@pytest.mark.django_db(transaction=True)
def test_two_windows_add_a_picture_once(member, draft):
    arrival = send(member.user)
    add = {"member": member, "listing_id": draft.pk, "arrival_id": arrival.pk}
    refusals = run_together(lambda: add_arrived_picture(**add), lambda: add_arrived_picture(**add))
    assert (refusals, names(draft)) == ([None, None], ["a.jpg"])
