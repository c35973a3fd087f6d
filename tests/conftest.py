"""Fixtures of all tests: no wake-ups leave the process, and every test has folders of its own."""

import subprocess
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from core import jobs
from core.kept import forget_all
from core.tally import forget_tallies
from tests.workers import Worker, run_groups, run_workers


class OneBrowser(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Browser tests share one site, so they are one piece of work, and as the largest the first; others go to whichever worker is free."""

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneBrowser:
    """How the tests of `-n 2` are dealt out."""
    return OneBrowser(config, log)


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Mark what touches the database: only that is run a second time, on SQLite. Rules and components know no engine.

    Tests that flush the database come last, for they take away what migrations have planted.
    """
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames):
            item.add_marker("database")
    items.sort(key=flushes_the_database)


def flushes_the_database(item: pytest.Function) -> bool:
    """It commits, so that no transaction takes back what it wrote."""
    mark = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(mark and mark.kwargs.get("transaction"))


@pytest.fixture(autouse=True, scope="session")
def versions_flushed_before_lines() -> Iterator[None]:
    """SQLite flushes by DELETE, in any order: a trigger would keep the lines of a version that is still there."""
    operations: Any = DatabaseWrapper.ops_class
    plain = operations.sql_flush

    def in_order(self: Any, style: Any, tables: list[str], **how: Any) -> list[str]:
        return list(plain(self, style, sorted(tables, reverse=True), **how))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", in_order)
        yield


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A request in Arabic leaves its language with the thread; no test hears of another's."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What a process keeps in memory of one test's rows is not told to another."""
    forget_all()
    forget_tallies()


@pytest.fixture(autouse=True)
def no_wake_ups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs wait in the database until a test works them off by `jobs.run_due_jobs()`."""
    monkeypatch.setattr(jobs, "wake_up_sender", [])
    monkeypatch.setattr(jobs, "broker_rests_until", [0.0])


@pytest.fixture(autouse=True)
def own_folders(settings: LazySettings, tmp_path: Path) -> None:
    """Files, mails and the search index of one test are its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "media"}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    settings.CREDENTIAL_KEY_DIR = tmp_path / "keys"
    settings.MAIL_TRANSPORT = {"backend": "core.mail.EmlBackend", "options": {"folder": str(tmp_path / "mail")}}


@pytest.fixture
def mail_folder(tmp_path: Path) -> Path:
    """Where sent mails land as .eml files."""
    return tmp_path / "mail"


def plant_reference() -> None:
    """What migrations of the reference room plant, where it was flushed."""
    for model, migration in (("Category", "0002_categories"), ("Attribute", "0005_attributes")):
        if not apps.get_model("reference", model).objects.exists():
            import_module(f"reference.migrations.{migration}").plant(apps, None)


@pytest.fixture
def planted_rows(transactional_db: None) -> None:
    """The category tree and its attributes that migrations plant; transactional tests flush them with everything else."""
    plant_reference()


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Start a real Celery worker with beat on this test's database and files; all are killed in the end."""
    yield from run_workers(tmp_path)


@pytest.fixture
def start_workers(tmp_path: Path) -> Iterator[Callable[..., list[Worker]]]:
    """Start a worker with beat and one that asks carriers on this test's database and files; all are killed in the end."""
    yield from run_groups(tmp_path)
