"""Pages: notices, wishes, and stopping mails without signing in."""

import pytest
from django.test import Client

from core.models import OutboxMail
from notifications.models import Notice, SilencedAddress, Wish
from tests.notifications.conftest import KIND

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


def stop_path(mail):
    return mail.headers["List-Unsubscribe"].strip("<>").partition("/notifications")[2]


@pytest.fixture
def stop(tell, anna):
    """The path of the link that stops Anna's mails."""
    tell(anna)
    return "/notifications" + stop_path(OutboxMail.objects.get())


def test_notices_are_listed_and_counted(as_anna, tell, anna):
    tell(anna)
    page = as_anna.get("/notifications/").content.decode()
    assert "The Seagull is in" in page
    assert "(new)" in page


def test_opening_a_notice_marks_it_read_and_leads_on(as_anna, tell, anna):
    notice = tell(anna)
    assert as_anna.post(f"/notifications/{notice.pk}/open/").url == "/help/"
    assert Notice.objects.get().read_at is not None


def test_a_stranger_opens_nothing(as_anna, tell, ben):
    notice = tell(ben)
    assert as_anna.post(f"/notifications/{notice.pk}/open/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_a_link_does_not_change_state(as_anna, tell, anna):
    assert as_anna.get(f"/notifications/{tell(anna).pk}/open/").status_code == 405


def test_all_are_marked_read_at_once(as_anna, tell, anna, ben):
    tell(anna)
    tell(ben)
    as_anna.post("/notifications/read/")
    assert list(Notice.objects.filter(read_at=None).values_list("person", flat=True)) == [ben.pk]


def test_wishes_are_kept(as_anna, anna):
    page = as_anna.get("/notifications/settings/").content.decode()
    assert "News of the harbour" in page
    fields = {
        f"{kind}-mail": "at_once"
        for kind in (
            "inquiry_message",
            "inquiry_late",
            "inquiry_help",
            "saved_search",
            "quotation_news",
            "deal_news",
            "request_ended",
            "forwarder_answer",
        )
    }
    answer = as_anna.post("/notifications/settings/", {**fields, f"{KIND}-mail": "daily"})
    assert answer.status_code == 302
    wish = Wish.objects.get(person=anna, kind=KIND)
    assert (wish.mail, wish.on_site) == ("daily", False)


def test_each_choice_says_what_it_is(as_anna):
    page = as_anna.get("/notifications/settings/").content.decode()
    assert f'<label class="label" for="id_{KIND}-mail">Mail</label>' in page
    assert "<span>Show it on the site</span>" in page


def test_a_wish_that_does_not_exist_is_refused(as_anna):
    answer = as_anna.post("/notifications/settings/", {f"{KIND}-mail": "hourly"})
    assert answer.status_code == 422
    assert not Wish.objects.exists()


def test_following_the_link_stops_nothing(client, stop):
    assert client.get(stop).status_code == 200
    assert not Wish.objects.exists()


def test_the_button_stops_the_mails_and_offers_the_way_back(client, stop, anna):
    assert "No more mails of this kind" in client.post(stop).content.decode()
    assert Wish.objects.get(person=anna).mail == "never"
    client.post(stop, {"again": "1"})
    assert Wish.objects.get(person=anna).mail == "at_once"


def test_a_mail_program_stops_the_mails_with_one_click(stop, anna):
    answer = Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Wish.objects.get(person=anna).mail == "never"


def test_an_address_without_an_account_stops_its_mails_too(client, tell):
    mail = tell("jana@kontor.example")
    client.post("/notifications" + stop_path(mail))
    assert SilencedAddress.objects.get().address == "jana@kontor.example"


def test_a_forged_link_leads_nowhere(client, stop):
    assert client.get(stop[:-3] + "xx/").status_code == 404


@pytest.mark.parametrize("path", ["/notifications/", "/notifications/settings/"])
def test_strangers_are_asked_to_sign_in(client, path):
    assert client.get(path).url.startswith("/account/login/")
