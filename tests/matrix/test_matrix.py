"""Every cell of tests/matrix.yaml: own objects answer, foreign ones are not there, and no canary leaves."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import clear_url_caches, path, reverse, set_urlconf

from core.routes import list_routes
from demo.seed.scopes import Planted
from inquiries.models import InquiryQuerySet
from listings.search.indexer import rebuild
from marketplace import urls
from tests.conftest import plant_reference
from tests.matrix.walking import (
    Cell,
    Line,
    ask,
    classify,
    find_leaks,
    get_expected,
    list_cells,
    list_lines,
    list_unlisted,
    make_clients,
    strip,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LINES = list_lines(list_routes())
LEAST_CELLS = 3000
STAFF_PAGES = (
    "agency_page", "agency_pages", "certificate_check", "duties", "duties_import", "duties_set", "hs_lock", "inquiries_barred", "inquiries_deals",
    "inquiries_reading", "lint_rules", "members_import", "members_unconfirmed", "moderation_case", "moderation_queue", "payment_change",
    "payment_changes", "rate_card", "rate_card_import", "rate_cards", "rates_import", "reporting_period", "reporting_rows", "reporting_support",
    "reporting_void", "requirements_import", "search_words", "silent_firms",
)  # fmt: skip


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, tmp_path_factory):
    """Everything is planted once and committed: a transaction that stays open would keep the index tests beside it waiting."""
    folder = tmp_path_factory.mktemp("matrix")
    with django_db_blocker.unblock():
        use(folder)
        plant_reference()  # flushed by a transactional test before
        out = StringIO()
        call_command("seed_matrix", json=True, stdout=out)
        told = json.loads(out.getvalue())
        told.pop("password")
        rebuild()
        yield Planted(**told), make_clients(Planted(**told)), folder
        call_command("flush", interactive=False, verbosity=0)


def use(folder):
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder / "media"}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    settings.MEDIA_ROOT, settings.SEARCH_INDEX_DIR = folder / "media", folder / "search"


@pytest.fixture
def house(planted, db, own_folders):
    """The planted house with its files, instead of the empty folders of one test."""
    use(planted[2])
    return planted[0], planted[1]


def walk(line: Line, planted: Planted, clients: dict[str, Client]) -> list[str]:
    """What is wrong with one line, a sentence a cell."""
    wrong, made_up = [], {}
    cells = list(list_cells(line, planted))
    for cell in cells:
        answer = ask(cell, clients[cell.actor])
        found, expected = classify(answer), get_expected(cell, planted)
        body = strip(answer.whole, cell.url)
        if cell.variant.endswith("made-up"):
            made_up[cell.actor, cell.method, cell.variant] = body
        like = (cell.actor, cell.method, "half made-up" if cell.variant == "mixed" else "made-up")
        if found not in expected.split("|"):
            wrong.append(f"{cell}: {expected} expected, {found} ({answer.status_code})")
        elif found == "hidden" and "made-up" not in cell.variant and body != made_up.get(like, body):
            wrong.append(f"{cell}: hidden, but not as a made-up id is")
        if found != "ok" and answer.wrote:
            wrong.append(f"{cell}: {found}, yet something was written")
        wrong += [f"{cell}: LEAK of {word}" for word in find_leaks(cell, answer, planted)]
    return wrong


@pytest.mark.parametrize("where", sorted(LINES), ids=lambda where: LINES[where].route.name)
def test_each_actor_gets_what_the_matrix_says(where, house):
    assert walk(LINES[where], *house) == []


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_the_officers_menu_is_on_each_of_their_pages(name, house):
    planted, clients = house
    line = next(line for line in LINES.values() if line.route.name == f"admin:{name}")
    cell = [cell for cell in list_cells(line, planted) if (cell.actor, cell.scope or "a") == ("officer", "a")][-1]
    page = clients["officer"].get(cell.url)
    assert "staff.html" in {template.name for template in page.templates}
    assert f'<a href="{reverse("admin:members_unconfirmed")}"' in page.text


def test_every_route_has_its_line_and_every_line_its_route():
    assert list_unlisted() == []


def test_the_matrix_has_thousands_of_cells(house, capsys):
    number = sum(1 for line in LINES.values() for _ in list_cells(line, house[0]))
    with capsys.disabled():
        print(f"\nauthorisation matrix: {number} cells over {len(LINES)} routes")  # noqa: T201  the figure that the issue asks for
    assert number >= LEAST_CELLS


def test_a_planted_route_without_a_line_is_found(settings, monkeypatch):
    monkeypatch.setattr(
        urls, "urlpatterns", [*urls.urlpatterns, path("planted/", lambda request: None, name="planted")]
    )
    clear_url_caches()
    set_urlconf(None)
    found = list_unlisted()
    monkeypatch.undo()
    clear_url_caches()
    assert found == ["planted"]


def test_a_forgotten_visible_to_is_found(house, monkeypatch):
    monkeypatch.setattr(InquiryQuerySet, "visible_to", lambda self, reader: self)
    line = LINES["/inquiries/<uuid:inquiry_id>/"]
    wrong = walk(line, *house)
    assert any("LEAK of canaryathread" in sentence for sentence in wrong)
    assert any(sentence.startswith("ex_member GET") for sentence in wrong)


def test_a_leak_in_a_header_is_a_leak_too(house):
    planted = house[0]
    word = next(iter(planted.canaries))
    answer = type("Answer", (), {"whole": b"", "headers": {"Location": f"/{word}/"}})
    cell = Cell("anonymous", "GET", "/", "public", "", "plain", {})
    assert find_leaks(cell, answer, planted) == [word]


def test_the_seed_is_refused_in_production(settings, house):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="production"):
        call_command("seed_matrix")


@pytest.mark.parametrize(
    ("actor", "url", "word"),
    [
        ("owner_a", "/inquiries/{inquiry}/", "canaryathread"),
        ("buyer_1", "/inquiries/{inquiry}/", "canaryathread"),
        ("owner_a", "/inquiries/{inquiry}/", "canaryareply"),
        ("viewer_a", "/sell/{company}/products/", "canaryadraft"),
        ("editor_a", "/sell/{company}/inquiries/templates/", "canaryatemplate"),
        ("viewer_a", "/sell/{company}/inquiries/blocked/", "canaryablockreason"),
        ("officer", "/admin/barred/", "canaryabarreason"),
        ("owner_a", "/notifications/", "canaryanotice"),
        ("officer", "/admin/inquiries/{access}/", "canaryahelped"),
        ("officer", "/admin/moderation/case/{report_case}/", "canaryareport"),
        ("officer", "/admin/reporting/firms/{company_id}/support/", "canaryasupportnote"),
        ("officer", "/admin/reporting/period/rows/?what=support", "canaryasupportnote"),
        ("officer", "/admin/reporting/period/rows.csv?what=support&by=region&key=", "canaryasupportnote"),
        ("officer", "/admin/storefronts/company/{company_id}/change/", "canaryasupportnote"),
        ("administrator", "/admin/core/outboxmail/", "canaryasubject"),
        ("owner_a", "/media/{picture}/320.webp", "canaryadraftpicture"),
        ("buyer_1", "/inquiries/{inquiry}/files/{attached_document}/", "canaryadocument"),
    ],
)
def test_who_may_read_a_canary_does_read_it(house, actor, url, word):
    planted, clients = house
    answer = ask(Cell(actor, "GET", url.format(**planted.scopes["a"]), "public", "a", "of", {}), clients[actor])
    assert word.encode() in answer.whole
