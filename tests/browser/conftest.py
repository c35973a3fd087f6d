"""The real stack for browser tests: a demo site with web server, worker and indexer, started by the product's own runner.

Nothing of Django's test database is used here: what a test sees, a person sees.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time_ns
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from demo.seed.people import PASSWORD
from tests.browser.finding import Place
from tests.browser.looks import Listener, Variant
from tests.browser.stack import REPLY_ADDRESS, ROOT, Site, wait_until
from tests.services import free_port, postgres
from tests.shipping.loopback import run_loopback

CHROMIUM = "/usr/bin/chromium"
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
COMPANIES = 7  # the stranger owns the seventh
START_SECONDS = 240
PATIENCE = 20_000  # milliseconds
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They are marked here, once for all."""
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": list(SWITCHES), "headless": True}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Start the product as `make run` does, with a small demo country, on the database that the run uses.

    While writing tests: BROWSER_SITE=http://localhost:8000 BROWSER_VAR=var uses a site that runs already, with REPLY_ADDRESS as here.
    """
    if running := os.environ.get("BROWSER_SITE"):
        var = Path(os.environ["BROWSER_VAR"])
        yield Site(running, var, var / "run.log", build_environment(var, running))
        return
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    with own_services() as services, run_loopback() as carriers:
        environment = (
            build_environment(folder, f"http://localhost:{port}") | services | {"CARRIER_LOOPBACK": carriers.url}
        )
        yield from run_site(Site(f"http://localhost:{port}", folder, folder / "run.log", environment, carriers), port)


def run_site(site: Site, port: int) -> Iterator[Site]:
    """The site, from when it answers until the last test is through."""
    command = [sys.executable, "-m", "marketplace.run", "--port", str(port), "--companies", str(COMPANIES)]
    with site.log.open("wb") as file:
        runner = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=file, stderr=subprocess.STDOUT)
    try:
        wait_until(
            lambda: runner.poll() is not None or b"Lateen is at" in site.log.read_bytes(),
            "the site to start",
            START_SECONDS,
        )
        if runner.poll() is not None:
            pytest.fail(site.log.read_text())
        yield site
    finally:
        runner.send_signal(signal.SIGTERM)
        runner.wait(timeout=30)


def build_environment(var: Path, url: str) -> dict[str, str]:
    """What every process of the site knows, commands of the tests too."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.site",
        "LATEEN_ENV_FILE": os.devnull,
        "LATEEN_VAR": str(var.absolute()),
        "SITE_URL": url,
        "REPLY_ADDRESS": REPLY_ADDRESS,
    }


@contextmanager
def own_services() -> Iterator[dict[str, str]]:
    """A PostgreSQL of its own, where the run has one: a long transaction of a test beside it would keep its index waiting.

    Its wake-ups go through a database of their own of the run's Redis, else workers of other tests would take them.
    """
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield {}
        return
    with TemporaryDirectory(prefix="lateen-site-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as somebody else
        with postgres(Path(folder)) as url:
            yield {"DATABASE_URL": url, "BROKER_URL": os.environ["BROKER_URL"].removesuffix("/0") + "/1"}


@pytest.fixture
def new_page(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own: `new_page(width=390, dark=True, javascript=False)`."""
    contexts: list[BrowserContext] = []

    def open_page(*, width: int = 1280, dark: bool = False, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="en-GB",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def tickets() -> dict[str, Any]:
    """Cookies of personas who have signed in, so that each signs in once a run."""
    return {}


@pytest.fixture
def sign_in(new_page: Callable[..., Page], tickets: dict[str, Any]) -> Callable[..., Page]:
    """A page on which a persona is signed in: `sign_in("kofi@demo.example", width=390)`."""

    def enter(email: str, **options: Any) -> Page:
        if email in tickets:
            page = new_page(**options)
            page.context.add_cookies(tickets[email])
            return page
        page = new_page(**options)
        page.goto("/account/login/")
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "/account/login/" not in url)
        tickets[email] = page.context.cookies()
        return page

    return enter


@pytest.fixture
def lot() -> str:
    """A word that no other product of this site has in its name."""
    return f"lot {time_ns() // 1_000_000 % 10_000_000}"


@pytest.fixture
def listener() -> Listener:
    """What went wrong while `open_place` opened a page."""
    return Listener()


@pytest.fixture(scope="session")
def addresses() -> dict[str, str]:
    """Addresses that were found by following links, by the name of their place."""
    return {}


@pytest.fixture
def open_place(
    site: Site,
    new_page: Callable[..., Page],
    sign_in: Callable[..., Page],
    addresses: dict[str, str],
    listener: Listener,
) -> Callable[[Place, Variant], Page]:
    """Open a place in a variant, signed in as who belongs there."""

    def enter(place: Place, variant: Variant) -> Page:
        options = {"width": variant.width, "dark": variant.dark}
        if callable(place.path) and place.name not in addresses:
            finder = sign_in(place.found_by or place.who) if place.found_by or place.who else new_page()
            addresses[place.name] = place.path(finder, site).removeprefix(site.url)
        path = addresses[place.name] if callable(place.path) else place.path
        page = sign_in(place.who, **options) if place.who else new_page(**options)
        listener.attach(page)
        answer = page.goto(f"/ar{path}" if variant.arabic else path)
        assert answer is not None
        assert answer.status == place.status
        if place.then:
            place.then(page)
        return page

    return enter
