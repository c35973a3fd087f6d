"""Officers' pages: apps above register addresses and menu entries that the admin site shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class StaffLink:
    """An entry of the officers' menu; `count` says how much waits, None hides the number."""

    label: "StrOrPromise"
    url_name: str
    count: Callable[[], int | None]
    order: int


_patterns: list[URLPattern | URLResolver] = []
_links: dict[str, StaffLink] = {}


def register_pages(patterns: Sequence[URLPattern | URLResolver]) -> None:
    """Mount addresses under /admin/, behind the officers' sign-in (each view still checks its right)."""
    _patterns.extend(pattern for pattern in patterns if pattern not in _patterns)


def register_link(link: StaffLink) -> None:
    """Add an entry to the officers' menu."""
    _links[link.url_name] = link


def list_pages() -> list[URLPattern | URLResolver]:
    """The mounted addresses."""
    return list(_patterns)


def list_links() -> list[StaffLink]:
    """The menu in order."""
    return sorted(_links.values(), key=lambda link: link.order)
