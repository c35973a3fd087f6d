"""What buyers keep: lists with notes, links that show them, and searches that mail what is new exactly once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core import jobs
from core.models import OutboxMail
from listings.choices import ListingState
from listings.models import Listing, SavedItem, SavedList, SavedSearch, SavedSearchHit
from listings.search.indexer import rebuild
from listings.services.saved_searches import NIGHT_JOB, look_for_alerts  # noqa: F401  the job's name is public
from tests.listings.factories import make_listing, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    person = make_user("anna@example.org", full_name="Anna Kern")
    client.force_login(person)
    return person


def keep(client, listing, name="Spring range"):
    return client.post("/saved/add/", {"p": listing.pk, "name": name})


def test_a_product_is_kept_in_a_new_list_with_todays_price(client, anna):
    listing = make_listing(title="Honey")
    response = keep(client, listing)
    item = SavedItem.objects.get()

    assert response.url == f"/saved/{item.saved_list_id}/"
    assert (item.title, str(item.price), item.currency, item.saved_list.owner) == ("Honey", "5.6000", "USD", anna)
    client.post("/saved/add/", {"p": listing.pk, "list": item.saved_list_id})
    assert SavedItem.objects.count() == 1


def test_a_changed_price_and_a_withdrawn_product_are_told(client, anna):
    dear, gone = make_listing(title="Honey"), make_listing(title="Basket")
    keep(client, dear)
    kept_in = SavedList.objects.get()
    client.post("/saved/add/", {"p": gone.pk, "list": kept_in.pk})
    dear.live_revision.price_breaks.filter(unit_price="5.6").update(unit_price="4.9")
    Listing.objects.filter(pk=gone.pk).update(state=ListingState.PAUSED)
    page = client.get(f"/saved/{kept_in.pk}/").content.decode()

    assert "$5.60" in page
    assert "when saved" in page
    assert "Basket" in page
    assert "This is no longer offered." in page


@pytest.mark.parametrize(
    "body", [{"p": "1"}, {"p": "1", "name": " "}, {"p": "987654", "name": "x"}, {"p": "-1", "name": "x"}, {"name": "x"}]
)
def test_what_cannot_be_kept_is_refused(client, anna, body):
    make_listing()
    assert client.post("/saved/add/", body).status_code in {404, 422}
    assert not SavedItem.objects.exists()


def test_a_name_is_one_list_whatever_its_letters(client, anna):
    keep(client, make_listing(), "Samples")
    keep(client, make_listing(), "SAMPLES")
    keep(client, make_listing(), "Orders")
    samples = SavedList.objects.get(name="Samples")

    assert samples.items.count() == 2
    assert client.post(f"/saved/{samples.pk}/act/", {"do": "rename", "name": "orders"}).status_code == 422


def test_a_shared_list_is_read_without_an_account_and_notes_only_if_wanted(client, anna):
    keep(client, make_listing(title="Honey"))
    kept_in = SavedList.objects.get()
    act = f"/saved/{kept_in.pk}/act/"
    client.post(act, {"do": "note", "item": SavedItem.objects.get().pk, "note": "Ask for 5 kg"})
    client.post(act, {"do": "share"})
    kept_in.refresh_from_db()
    client.logout()
    shared = client.get(f"/saved/shared/{kept_in.share_token}/")

    assert ("Honey" in shared.text, "Ask for 5 kg" in shared.text) == (True, False)
    assert shared["X-Robots-Tag"] == "noindex"
    client.force_login(anna)
    client.post(act, {"do": "share", "shows_notes": "on"})
    assert "Ask for 5 kg" in client.get(f"/saved/shared/{kept_in.share_token}/").text
    client.post(act, {"do": "unshare"})
    assert client.get(f"/saved/shared/{kept_in.share_token}/").status_code == 404


def test_a_shared_list_shows_no_price_that_its_reader_may_not_see(client, anna):
    keep(client, make_listing(title="Blend", price_visibility="confirmed", breaks=((1, "4321.99"),)))
    kept_in = SavedList.objects.get()
    client.post(f"/saved/{kept_in.pk}/act/", {"do": "share"})
    kept_in.refresh_from_db()
    client.logout()

    assert "4,321" not in client.get(f"/saved/shared/{kept_in.share_token}/").text


def save(client, **fields):
    return client.post("/saved/searches/save/", {"params": "q=honey", "rhythm": "daily", **fields})


def look(day):
    """The night of a day: what it plans, and what that plans."""
    jobs.enqueue(NIGHT_JOB, key=str(day), day=str(day))
    while jobs.run_due_jobs():
        pass


def make_new(title):
    listing = make_listing(title=title)
    Listing.objects.filter(pk=listing.pk).update(first_live_at=timezone.now() + timedelta(seconds=1))
    rebuild()
    return listing


def test_a_search_mails_what_is_new_once_and_never_what_was_there(client, anna):
    make_listing(title="Old honey")
    rebuild()
    assert save(client).status_code == 302
    new = make_new("Acacia honey")
    today = timezone.localdate()
    look(today)
    look(today + timedelta(1))

    mail = OutboxMail.objects.get(recipient="anna@example.org")
    assert "Acacia honey" in mail.text
    assert "Old honey" not in mail.text
    assert list(SavedSearchHit.objects.values_list("listing", flat=True)) == [new.pk]
    make_new("Thyme honey")
    look(today + timedelta(2))
    second = OutboxMail.objects.filter(recipient="anna@example.org").latest("pk")
    assert ("Thyme honey" in second.text, "Acacia" in second.text) == (True, False)


def test_the_mail_stops_its_search_with_one_click_and_asks_why_afterwards(client, anna):
    make_listing()
    rebuild()
    save(client)
    make_new("Acacia honey")
    look(timezone.localdate())
    mail = OutboxMail.objects.get(recipient="anna@example.org")
    stop = mail.headers["List-Unsubscribe"].strip("<>").partition("localhost:8000")[2]
    client.logout()

    assert client.get(stop).status_code == 200
    assert SavedSearch.objects.get().stopped_at is None
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert SavedSearch.objects.get().stopped_at is not None
    client.post(stop, {"reason": "too_many"})
    assert SavedSearch.objects.get().stop_reason == "too_many"
    make_new("Thyme honey")
    look(timezone.localdate() + timedelta(1))
    assert OutboxMail.objects.filter(recipient="anna@example.org").count() == 1


def test_an_address_without_account_must_say_yes_first(client):
    make_listing()
    rebuild()
    page = client.get("/saved/searches/save/?params=q%3Dhoney").content.decode()
    assert "Your search" in page
    answer = save(client, address="Ben@Example.org")
    assert answer.status_code == 200, answer.text[:3000]
    found = SavedSearch.objects.get()
    make_new("Acacia honey")
    look(timezone.localdate())
    asked = OutboxMail.objects.get()
    assert (asked.recipient, found.confirmed_at) == ("ben@example.org", None)
    confirm = "/saved/searches/confirm/" + asked.text.partition("/saved/searches/confirm/")[2].split()[0]

    assert client.get(confirm).status_code == 200
    found.refresh_from_db()
    assert found.confirmed_at is None
    client.post(confirm)
    found.refresh_from_db()
    assert found.confirmed_at is not None
    look(timezone.localdate() + timedelta(1))
    assert OutboxMail.objects.filter(text__contains="Acacia honey").count() == 1


def test_what_nobody_confirmed_is_deleted_after_a_week(client):
    make_listing()
    rebuild()
    save(client, address="ben@example.org")
    SavedSearch.objects.update(created_at=timezone.now() - timedelta(days=8))
    look(timezone.localdate())

    assert not SavedSearch.objects.exists()


def test_the_same_search_twice_is_one(client, anna):
    make_listing()
    rebuild()
    save(client)
    save(client)

    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "MQ:1xWGx2:GZhfIsnly0nuY3bUAWWT0gudGC3HZzp7uilFGiLO3b0"])
def test_a_forged_link_stops_and_confirms_nothing(client, token):
    assert client.post(f"/saved/searches/stop/{token}/").status_code == 404
    assert client.post(f"/saved/searches/confirm/{token}/").status_code == 404
