"""The matrix is walked last: it commits what it plants, and flushes the database when it is through."""

from pathlib import Path

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    items.sort(key=lambda item: Path(item.fspath).is_relative_to(here))
