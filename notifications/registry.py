"""Kinds of notices: each app above says what its notices are called, why they come, and how they are mailed by default."""

from dataclasses import dataclass

from core.errors import NotFound


@dataclass(frozen=True)
class NoticeKind:
    """Texts are English, marked by gettext_noop; `default_mail` is a value of `choices.Delivery`, `audiences` of `choices.Audience`.

    `why` completes the mail's last line: "You get this mail because an inquiry came to your company."
    """

    key: str
    label: str
    why: str
    audiences: tuple[str, ...]
    default_mail: str = "at_once"


_kinds: dict[str, NoticeKind] = {}


def register_kind(kind: NoticeKind) -> None:
    """Called in `AppConfig.ready()`."""
    _kinds[kind.key] = kind


def get_kind(key: str) -> NoticeKind:
    """The registered kind; raises NotFound."""
    if key not in _kinds:
        raise NotFound
    return _kinds[key]


def list_kinds() -> list[NoticeKind]:
    """Every kind, in the order of registration."""
    return list(_kinds.values())
