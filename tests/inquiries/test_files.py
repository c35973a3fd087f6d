"""Files of a thread: only its two parties have them, at the thread's own address."""

from uuid import uuid4

import pytest

from core.jobs import run_job
from core.models import Job
from inquiries.models import Attachment, Message
from inquiries.rules.messages import Reader
from inquiries.services.messages import send_message
from storefronts.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def attached(people, thread, small_file):
    """A picture that the buyer sent, its renditions made."""
    send_message(
        reader=Reader(people.buyer), inquiry_id=thread.pk, text="This bag.", key=str(uuid4()), files=[small_file()]
    )
    for job in Job.objects.filter(name="uploads.make_renditions"):
        run_job(job.pk)
    return Attachment.objects.select_related("upload").get()


def address(attached, thread, size="320.webp"):
    return f"/inquiries/{thread.pk}/files/{attached.pk}/{size}"


def test_both_parties_see_a_picture_and_no_shared_cache_keeps_it(client, people, thread, attached):
    for who in ("owner", "viewer", "buyer"):
        client.force_login(getattr(people, who))
        response = client.get(address(attached, thread))
        assert (response.status_code, response.getvalue()[8:12]) == (200, b"WEBP")
        assert (response["Content-Type"], response["Cache-Control"]) == ("image/webp", "private, max-age=600")
        assert response["X-Content-Type-Options"] == "nosniff"


def test_the_page_shows_a_small_picture_that_leads_to_the_large_one(client, people, thread, attached):
    client.force_login(people.owner)
    page = client.get(thread.get_absolute_url()).text
    assert f'<img src="{address(attached, thread)}" width="320" height="240" alt="Picture bag.jpg"' in page


@pytest.mark.parametrize("who", ["stranger", "other_buyer", "officer"])
def test_strangers_find_no_file(client, people, other_company, thread, attached, who):
    client.force_login(getattr(people, who))
    assert client.get(address(attached, thread)).status_code == 404
    assert client.get(address(attached, thread, "")).status_code == 404


def test_an_ex_member_finds_no_file(client, people, thread, attached):
    Member.objects.filter(user=people.editor).delete()
    client.force_login(people.editor)
    assert client.get(address(attached, thread)).status_code == 404


def test_a_file_is_not_found_under_another_thread(client, people, guest_thread, attached):
    client.force_login(people.owner)
    assert client.get(address(attached, guest_thread)).status_code == 404


def test_media_gives_a_threads_file_to_no_other_party(client, people, thread, attached):
    for who in ("owner", "stranger", "officer"):
        client.force_login(getattr(people, who))
        assert client.get(f"/media/{attached.upload_id}/320.webp").status_code == 404


@pytest.mark.parametrize("size", ["99.webp", "320.svg", "320.jpeg", ""])
def test_what_was_never_made_is_not_found(client, people, thread, attached, size):
    client.force_login(people.owner)
    assert client.get(address(attached, thread, size)).status_code == 404


def test_a_file_that_is_being_checked_says_so(client, people, thread, attached):
    attached.upload.renditions.all().delete()
    type(attached.upload).objects.update(state="processing")
    client.force_login(people.owner)
    page = client.get(thread.get_absolute_url()).text
    assert "Being checked" in page
    assert f"/files/{attached.pk}/" not in page


def test_a_file_that_failed_says_why(client, people, thread, attached):
    attached.upload.renditions.all().delete()
    type(attached.upload).objects.update(state="failed", failure="The file is cut short.")
    client.force_login(people.owner)
    assert "The file is cut short." in client.get(thread.get_absolute_url()).text


def test_a_refused_file_sends_no_message(client, people, thread, small_file):
    client.force_login(people.owner)
    client.post(
        f"/inquiries/{thread.pk}/reply/",
        {"key": "k", "seen": 1, "text": "See", "files": [small_file(), small_file("x.jpg", b"nothing")]},
    )
    assert Message.objects.filter(inquiry=thread).count() == 1
    assert not Attachment.objects.exists()


def test_a_file_of_thirty_megabytes_is_refused_and_the_words_are_kept(client, thread, people, small_file):
    client.force_login(people.buyer)
    large = small_file("scan.pdf", b"%PDF-1.7\n" + b"0" * (30 * 1024 * 1024))
    answer = client.post(f"/inquiries/{thread.pk}/reply/", {"text": "Our drawing.", "key": "k", "files": large})
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "scan.pdf has 30" in page
    assert "Our drawing." in page
    assert thread.messages.count() == 1
