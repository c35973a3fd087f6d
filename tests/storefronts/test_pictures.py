"""Logo and cover: private until the company is public, in the proposal until an officer agrees."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.jobs import run_due_jobs
from moderation.rules import Ruling
from storefronts.selectors import find_open_revision
from storefronts.services import decide_company, set_company_picture, submit_company, suspend_company
from tests.storefronts.conftest import picture
from uploads.exceptions import UploadRefused
from uploads.models import Upload

EDIT = "/sell/adanu/storefront/"


def fetch(client, url):
    """The status of a file, read to its end so that it is closed."""
    answer = client.get(url)
    b"".join(answer)
    return answer.status_code


@pytest.fixture
def logo(draft, people, member):
    """The draft's logo, read by a worker."""
    upload = set_company_picture(member=member(draft, people.owner), place="logo", file=picture())
    run_due_jobs()
    upload.refresh_from_db()
    return upload


def test_a_logo_of_a_draft_is_seen_by_its_people_only(client, logo, draft, people):
    draft.refresh_from_db()
    url = f"/media/{logo.pk}/160.webp"
    assert (draft.logo, logo.state, logo.is_public) == (logo, "ready", False)
    assert fetch(client, url) == 404
    client.force_login(people.stranger)
    assert fetch(client, url) == 404
    client.force_login(people.viewer)
    assert fetch(client, url) == 200


def test_an_approval_publishes_the_logo_and_a_suspension_hides_it(client, logo, draft, people, member, open_case):
    submit_company(member=member(draft, people.owner))
    decide_company(case=open_case(draft), officer=people.officer, ruling=Ruling("approve"))
    assert fetch(client, f"/media/{logo.pk}/160.webp") == 200
    assert f"/media/{logo.pk}/" in client.get("/exporters/adanu/").text
    suspend_company(company_id=draft.pk, officer=people.officer, reason="Copied")
    assert fetch(client, f"/media/{logo.pk}/160.webp") == 404


def test_a_verified_company_shows_a_new_logo_only_after_a_check(verified, people, member):
    upload = set_company_picture(member=member(verified, people.editor), place="logo", file=picture())
    verified.refresh_from_db()
    assert (verified.logo, find_open_revision(company=verified).facts["logo"]) == (None, str(upload.pk))


def test_a_file_that_is_no_picture_is_told_at_the_field_and_the_words_stay(client, draft, people, typed):
    client.force_login(people.owner)
    page = client.post(EDIT, typed(draft, city="Kpando", logo=SimpleUploadedFile("notes.docx", b"PK\x03\x04 words")))
    assert page.status_code == 422
    assert page.context["form"].errors["logo"] == ["notes.docx is no picture. Send JPEG, PNG, WebP or HEIC."]
    assert 'value="Kpando"' in page.text
    assert Upload.objects.count() == 0


def test_a_picture_is_kept_although_the_words_are_wrong(client, draft, people, typed):
    client.force_login(people.owner)
    page = client.post(EDIT, typed(draft, legal_name="", cover=picture("hills.jpg")))
    assert (page.status_code, "hills.jpg" in page.text) == (422, True)
    assert find_open_revision(company=draft).facts["cover"] == str(Upload.objects.get().pk)


def test_a_picture_is_removed_by_its_button(client, logo, draft, people, typed):
    client.force_login(people.owner)
    assert client.post(EDIT, typed(draft, picture_action="remove:logo")).status_code == 302
    draft.refresh_from_db()
    assert (draft.logo, find_open_revision(company=draft).facts["logo"]) == (None, "")


def test_the_form_watches_a_picture_until_it_is_ready(client, draft, people, member):
    set_company_picture(member=member(draft, people.owner), place="logo", file=picture())
    client.force_login(people.viewer)
    assert 'data-poll="/sell/adanu/storefront/pictures/"' in client.get("/sell/adanu/storefront/pictures/").text
    run_due_jobs()
    ready = client.get("/sell/adanu/storefront/pictures/").text
    assert ("data-poll" in ready, "Ready" in ready) == (False, True)


def test_an_empty_file_is_refused_and_nothing_is_kept(draft, people, member):
    with pytest.raises(UploadRefused):
        set_company_picture(member=member(draft, people.owner), place="logo", file=SimpleUploadedFile("logo.jpg", b""))
    assert (Upload.objects.count(), find_open_revision(company=draft).facts["logo"]) == (0, "")
