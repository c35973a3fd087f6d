"""Kinds of cases: each app above says how its subject is compared, decided and undone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import NotFound
from moderation.rules import Comparison

if TYPE_CHECKING:
    from django import forms

    from moderation.models import Decision


@dataclass(frozen=True)
class CaseKind:
    """What an app offers for its kind of case. `label` is marked by gettext_noop. Every callable is called with keywords, by the names given here.

    `compare(case=)` reads; `decide(case=, officer=, ruling=)` changes the app's own state and calls `record_decision`,
    in one transaction; `undo(decision=, officer=)` restores that state and calls `record_undo`.
    `extra_form` asks for what an approval needs; its cleaned data come back as `ruling.details`.
    `is_own(case=, officer=)` says that the officer belongs to the company, and so may not decide.
    `get_record_url(case=)` leads to the subject's record page.
    """

    kind: str
    label: str
    compare: Callable[..., Comparison]
    decide: Callable[..., "Decision"]
    undo: Callable[..., None]
    extra_form: "type[forms.Form] | None" = None
    is_own: Callable[..., bool] | None = None
    get_record_url: Callable[..., str] | None = None


_kinds: dict[str, CaseKind] = {}


def register_kind(kind: CaseKind) -> None:
    """Called in `AppConfig.ready()`."""
    _kinds[kind.kind] = kind


def get_kind(name: str) -> CaseKind:
    """The registered kind; raises NotFound for a case whose app is not installed."""
    if name not in _kinds:
        raise NotFound
    return _kinds[name]


def find_kind(name: str) -> CaseKind | None:
    """The registered kind, or None."""
    return _kinds.get(name)


def list_kinds() -> list[CaseKind]:
    """Every kind, in the order of registration."""
    return list(_kinds.values())


def is_own_case(*, case: Any, officer: Any) -> bool:
    """Does the officer belong to the company whose case it is, as far as the kind can tell?"""
    kind = _kinds.get(case.kind)
    return bool(kind and kind.is_own and kind.is_own(case=case, officer=officer))
