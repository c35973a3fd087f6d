"""Kinds of cases, and what can be reported: each app above says how its subject is compared, decided, undone and reopened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.errors import NotFound
from moderation.rules import Comparison, Party, Recipient, Reported

if TYPE_CHECKING:
    from django import forms

    from moderation.models import Case, Decision


@dataclass(frozen=True)
class CaseKind:
    """What an app offers for its kind of case. `label` is marked by gettext_noop. Every callable is called with keywords, by the names given here.

    `compare(case=)` reads; `decide(case=, officer=, ruling=)` changes the app's own state and calls `record_decision`,
    in one transaction; `undo(decision=, officer=)` restores that state and calls `record_undo`.
    `extra_form(data, case=)` asks for what an approval needs; its cleaned data come back as `ruling.details`.
    `is_own(case=, officer=)` says that the officer belongs to the company, and so may not decide.
    `get_record_url(case=)` leads to the subject's record page.

    For appeals: `find_party(case=, person=)` says what somebody is to the company (None: a stranger);
    `is_unchanged(decision=)` that what was decided about is still the newest version; `reopen(decision=, person=, text=)`
    puts it before the officers again and calls `record_appeal`, in one transaction. Without `reopen` there is no appeal.
    `outcomes` are the kind's own words for approve, changes and reject (those that it names are all it has); `details_template` is shown above the comparison.

    `describe(case=, officer=)` gives `subject` to two templates of the kind's own: `subject_template` stands where the rows
    of the comparison would, `aside_template` above the decision.

    `find_company_id(case=)` tells apps above whose case it is; they fill the slot "case.side" beside the decision.
    """

    kind: str
    label: str
    compare: Callable[..., Comparison]
    decide: Callable[..., "Decision"]
    undo: Callable[..., None]
    extra_form: "Callable[..., forms.Form] | None" = None
    is_own: Callable[..., bool] | None = None
    get_record_url: Callable[..., str] | None = None
    find_party: Callable[..., Party | None] | None = None
    is_unchanged: Callable[..., bool] | None = None
    reopen: "Callable[..., Case] | None" = None
    appealable: frozenset[str] = frozenset({"changes", "reject"})
    outcomes: Mapping[str, str] = field(default_factory=dict)
    details_template: str = ""
    describe: Callable[..., Any] | None = None
    subject_template: str = ""
    aside_template: str = ""
    find_company_id: Callable[..., int | None] | None = None


@dataclass(frozen=True)
class Reportable:
    """Something public that everybody may report. Every callable takes `subject_id=`, and by keyword what is named here.

    `find_public()` answers None for what is not public; `describe()` answers in every state. `find_party(person=)`,
    `list_recipients()`, `is_out()`: the company's people, and whether the agency has taken it off the market.
    `take_out(officer=, reason=)` does that and answers the state before; `put_back(officer=, reason=, state=)` ends it:
    with that state as if nothing had been, with "" as the room reinstates. Neither writes to the company: the statement does.
    `find_company_id()` tells apps above whose it is.
    """

    kind: str
    label: str
    find_public: Callable[..., Reported | None]
    describe: Callable[..., Reported]
    find_party: Callable[..., Party | None]
    list_recipients: Callable[..., Sequence[Recipient]]
    is_out: Callable[..., bool]
    take_out: Callable[..., str]
    put_back: Callable[..., None]
    find_company_id: Callable[..., int | None] | None = None


_kinds: dict[str, CaseKind] = {}
_reportables: dict[str, Reportable] = {}


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


def find_company_of_case(*, case: Any) -> int | None:
    """The number of the company whose case it is, as far as the kind can tell."""
    kind = _kinds.get(case.kind)
    return kind.find_company_id(case=case) if kind and kind.find_company_id else None


def register_reportable(reportable: Reportable) -> None:
    """Called in `AppConfig.ready()`."""
    _reportables[reportable.kind] = reportable


def get_reportable(name: str) -> Reportable:
    """What is registered under this name; raises NotFound."""
    if name not in _reportables:
        raise NotFound
    return _reportables[name]
