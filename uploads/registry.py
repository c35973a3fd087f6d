"""What this room offers the apps above it: each declares what its files are for and who may see them unpublished."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from uploads.models import Upload


@dataclass(frozen=True)
class Profile:
    """What may be sent ("picture", "document") and how large, which widths are made of a picture, in this order, and who
    else than its sender may see it before it is public. A sender who may not is asked about like anybody else.

    `page_widths`: the first `page_pictures` pages of a document are shown as pictures of these widths, to the same people.
    `reads_text`: the words of the file are kept; with no `page_widths` its pages are drawn to be read, and shown to nobody. `keeps_original`: a picture's original is kept byte for byte too.
    `in_pieces`: a browser may send it in pieces, which the app then takes as a whole by `take_arrival`.
    `may_send`: who may begin to send pieces; nobody, unless the app says who."""

    name: str
    kinds: tuple[str, ...] = ("picture",)
    max_bytes: int = 15 * 1024 * 1024
    max_pixels: int = 40_000_000
    max_pages: int = 200
    widths: tuple[int, ...] = (320, 160, 640, 1200)
    sender_may_read: bool = True
    page_widths: tuple[int, ...] = ()
    page_pictures: int = 20
    reads_text: bool = False
    keeps_original: bool = False
    in_pieces: bool = False
    may_send: "Callable[[User], bool] | None" = None
    may_read: "Callable[[User | AnonymousUser, Upload], bool] | None" = None


_profiles: dict[str, Profile] = {}


def register_profile(profile: Profile) -> None:
    """Declare a profile in `AppConfig.ready()`; the last one of a name counts."""
    _profiles[profile.name] = profile


def get_profile(name: str) -> Profile:
    """Return the profile; KeyError names the missing one, which is a programmer's mistake."""
    return _profiles[name]


def find_profile_in_pieces(name: str) -> Profile | None:
    """The profile, where its files may come in pieces; the name is what a browser said."""
    profile = _profiles.get(name)
    return profile if profile and profile.in_pieces else None


def list_secret_profiles() -> list[str]:
    """Profiles whose files nobody may read at `/media/`: the room above has a door of its own, and officers do not see them."""
    return [profile.name for profile in _profiles.values() if not profile.sender_may_read and profile.may_read is None]


def list_keeping_profiles() -> list[str]:
    """Profiles whose pictures keep their originals."""
    return [profile.name for profile in _profiles.values() if profile.keeps_original]
