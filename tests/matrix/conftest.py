"""The matrix is walked last: it commits what it plants, and flushes the database when it is through."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from inquiries.adapters.paper_pdf import render_pdf
from inquiries.views import quotation_papers


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    items.sort(key=lambda item: Path(item.fspath).is_relative_to(here))


@pytest.fixture(scope="session")
def render_once() -> Callable[[str], bytes]:
    """A paper takes a process of its own: the same words in other hands are not made again."""
    return cache(render_pdf)


@pytest.fixture(autouse=True)
def papers_are_made_once(monkeypatch: pytest.MonkeyPatch, render_once: Callable[[str], bytes]) -> None:
    monkeypatch.setattr(quotation_papers, "render_pdf", render_once)
