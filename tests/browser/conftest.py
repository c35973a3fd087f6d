"""The real stack for browser tests: a demo site with web server, worker and indexer, started by the product's own runner.

Nothing of Django's test database is used here: what a test sees, a person sees.
"""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from demo.seed.people import PASSWORD
from tests.services import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
COMPANIES = 6
START_SECONDS = 240


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests share one site, so they stay on one worker."""
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": list(SWITCHES), "headless": True}


@dataclass(frozen=True)
class Site:
    """A running demo site."""

    url: str
    var: Path
    log: Path

    def mails(self, address: str) -> list[Path]:
        """Mails to an address, oldest first."""
        return sorted(self.var.glob(f"mail/{address}-*.eml"), key=lambda path: path.stat().st_mtime)

    def wait_for_mail(self, address: str, count: int = 1, seconds: float = 30) -> Path:
        """The newest mail once `count` have come."""
        return wait_until(lambda: len(found := self.mails(address)) >= count and found[-1], f"a mail to {address}", seconds)


def wait_until(probe: Callable[[], Any], what: str, seconds: float = 30) -> Any:
    """The first true answer of a probe; the test fails with `what` when there is none in time."""
    deadline = monotonic() + seconds
    while monotonic() < deadline:
        if found := probe():
            return found
        sleep(0.1)
    pytest.fail(f"Waited {seconds:.0f} s for {what}.")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Start the product as `make run` does, with a small demo country, on the database that the run uses."""
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.site",
        "LATEEN_ENV_FILE": os.devnull,
        "LATEEN_VAR": str(folder),
        "SITE_URL": f"http://localhost:{port}",
        **own_database(f"site_{port}"),
    }
    log = folder / "run.log"
    command = [sys.executable, "-m", "marketplace.run", "--port", str(port), "--companies", str(COMPANIES)]
    with log.open("wb") as file:
        runner = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: runner.poll() is not None or b"Lateen is at" in log.read_bytes(), "the site to start", START_SECONDS)
        if runner.poll() is not None:
            pytest.fail(log.read_text())
        yield Site(f"http://localhost:{port}", folder, log)
    finally:
        runner.send_signal(signal.SIGTERM)
        runner.wait(timeout=30)


def own_database(name: str) -> dict[str, str]:
    """A database of its own on the server that the tests run on; nothing to say where that is SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return {}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]  # the name is ours, made of a port
    return {"DATABASE_URL": url.rsplit("/", 1)[0] + f"/{name}"}


@pytest.fixture
def new_page(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own: `new_page(width=390, dark=True, javascript=False)`."""
    contexts: list[BrowserContext] = []

    def open_page(*, width: int = 1280, dark: bool = False, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=site.url, viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light",
            java_script_enabled=javascript, locale="en-GB",
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """A page on which a persona is signed in."""

    def enter(email: str, **options: Any) -> Page:
        page = new_page(**options)
        page.goto("/account/login/")
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", PASSWORD)
        page.click("form button[type=submit]:has-text('Sign in')")
        page.wait_for_url(lambda url: "/account/login/" not in url)
        return page

    return enter


def fetch(url: str) -> bytes:
    """The body of an address of this machine."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        body: bytes = answer.read()
        return body
