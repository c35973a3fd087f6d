"""The agency's own pages: shipped texts, its own per language, who may write them, and that nobody overwrites another."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from core.agency_pages import TITLES, drop_page, get_shown_page, list_page_lines, save_page
from core.errors import NotFound, StaleEdit
from core.models import AgencyPage, AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return User.objects.create_user("ama@agency.example", "x", full_name="Ama Kumi", is_staff=True)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def write(officer):
    def act(slug="about", language="en", *, title="Who we are", body="# Aim\n\nWe help.", version="0"):
        return save_page(slug=slug, language=language, title=title, body=body, version=version, officer=officer)

    return act


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("slug", TITLES)
def test_every_page_has_a_shipped_text_with_one_heading(client, slug, prefix):
    answer = client.get(f"{prefix}/{slug}/")
    assert (answer.status_code, answer.content.decode().count("<h1")) == (200, 1)


@pytest.mark.parametrize("slug", TITLES)
def test_the_footer_leads_to_every_page(client, slug):
    assert f'href="/{slug}/"' in client.get("/about/").content.decode()


def test_an_unchanged_page_is_not_sent_again(client, write):
    write()
    first = client.get("/about/")
    assert client.get("/about/", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_agencys_own_text_takes_the_place_of_the_shipped_one(client, write):
    write()
    html = client.get("/about/").content.decode()
    assert ("<h1>Who we are</h1>" in html, "<h2>Aim</h2>" in html, "We sell no places" in html) == (True, True, False)


def test_another_language_falls_back_to_the_first_one_and_says_so(client, write):
    write()
    html = client.get("/ar/about/").content.decode()
    assert ('lang="en" dir="auto"' in html, "Who we are" in html) == (True, True)
    write(language="ar", title="من نحن", body="نساعد")
    html = client.get("/ar/about/").content.decode()
    assert ("من نحن" in html, 'lang="en" dir="auto"' in html) == (True, False)
    assert get_shown_page(slug="about", language="en").language == ""


def test_a_text_in_another_language_alone_leaves_the_first_language_as_shipped(client, write):
    write(language="ar", title="من نحن", body="نساعد")
    assert "We sell no places" in client.get("/about/").content.decode()


def test_own_help_keeps_how_claims_are_checked(client, write):
    write("help", title="Ask us")
    assert 'id="checks"' in client.get("/help/").content.decode()


def test_the_list_says_what_is_missing(desk, write):
    write()
    assert [(line.slug, line.language) for line in list_page_lines() if line.written_at] == [("about", "en")]
    html = desk.get("/admin/pages/").content.decode()
    assert (html.count("Not written"), html.count("Your own")) == (9, 1)


def test_an_officer_writes_a_page_and_it_is_audited(desk, officer):
    page = "/admin/pages/terms/ar/"
    assert desk.get(page).status_code == 200
    desk.post(page, {"title": "الشروط", "body": "نص", "version": "0", "then": "save"})
    assert AgencyPage.objects.get().updated_by == officer
    entry = AuditEntry.objects.get(action="core.page_written")
    assert (entry.actor_id, entry.fields) == (officer.pk, ["body", "title"])


def test_a_preview_saves_nothing(desk):
    typed = {"title": "Terms", "body": "## Be *fair*", "version": "0", "then": "preview"}
    html = desk.post("/admin/pages/terms/en/", typed).content.decode()
    assert ("<h2>Be <em>fair</em></h2>" in html, AgencyPage.objects.count()) == (True, 0)


def test_a_stale_edit_is_refused_with_both_texts_on_the_page(desk, write):
    write(body="The colleague's.")
    answer = desk.post("/admin/pages/about/en/", {"title": "T", "body": "Mine.", "version": "0", "then": "save"})
    html = answer.content.decode()
    assert (answer.status_code, "Mine." in html, "The colleague&#x27;s." in html) == (409, True, True)
    assert AgencyPage.objects.get().body == "The colleague's."


def test_a_page_without_text_is_not_saved(desk):
    answer = desk.post("/admin/pages/about/en/", {"title": "T", "body": " ", "version": "0"})
    assert (answer.status_code, AgencyPage.objects.count()) == (422, 0)


def test_the_shipped_text_comes_back(desk, write):
    write()
    desk.post("/admin/pages/about/en/", {"version": "1", "then": "drop"})
    assert (AgencyPage.objects.count(), AuditEntry.objects.filter(action="core.page_dropped").count()) == (0, 1)


def test_a_stale_drop_is_refused(write, officer):
    write()
    with pytest.raises(StaleEdit):
        drop_page(slug="about", language="en", version="0", officer=officer)
    assert AgencyPage.objects.count() == 1


@pytest.mark.parametrize("address", ["/admin/pages/nothing/en/", "/admin/pages/about/xx/"])
def test_there_are_no_other_pages_or_languages(desk, address):
    assert desk.get(address).status_code == 404


def test_a_made_up_page_is_not_written(write):
    with pytest.raises(NotFound):
        write("imprint")


@pytest.mark.parametrize("address", ["/admin/pages/", "/admin/pages/about/en/"])
def test_others_are_sent_to_sign_in(client, address):
    client.force_login(User.objects.create_user("lena@buyer.example", "x"))
    assert client.get(address)["Location"].startswith("/admin/login/")


def test_the_database_holds_one_text_per_language(write):
    write()
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyPage.objects.create(slug="about", language="en", title="x", body="x")
