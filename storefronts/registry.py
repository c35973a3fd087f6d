"""What storefronts offer to the apps above: menu entries, first steps, to-dos, figures, words for acts, news of changes and visits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storefronts.rules import Act, NavItem, Number, OnboardingStep, Todo

TodoSource = Callable[..., Sequence[Todo]]
NumberSource = Callable[..., Sequence[Number]]
ChangeHook = Callable[..., None]
VisitHook = Callable[..., None]


@dataclass(frozen=True)
class StepSource:
    """Some of a firm's first steps. `read(*, member) -> list[OnboardingStep]` makes at most `queries` queries; a test holds it to that."""

    name: str
    read: Callable[..., Sequence[OnboardingStep]]
    queries: int


@dataclass(frozen=True)
class Subjects:
    """Rows of an app that belong to a company, as the audit names them (`kind` is the model's label in lower case).

    `list_ids(*, company_id)` gives their keys as text, best as a subquery; `name(*, subject_ids)` the names of some, one query.
    """

    kind: str
    list_ids: Callable[..., Iterable[str]]
    name: Callable[..., Mapping[str, str]]


_nav: dict[str, NavItem] = {}
_todos: list[TodoSource] = []
_steps: dict[str, StepSource] = {}
_subjects: dict[str, Subjects] = {}
_acts: dict[tuple[str, str], Act] = {}
_numbers: list[NumberSource] = []
_public_numbers: list[NumberSource] = []
_hooks: list[ChangeHook] = []
_visit_hooks: list[VisitHook] = []


def register_nav(item: NavItem) -> None:
    """Add an entry to the seller's menu; the same key again replaces it."""
    _nav[item.key] = item


def register_todos(source: TodoSource) -> None:
    """`source(*, member) -> list[Todo]`, asked once for each dashboard."""
    if source not in _todos:
        _todos.append(source)


def register_steps(source: StepSource) -> None:
    """Add first steps of a new firm; the same name again replaces them."""
    _steps[source.name] = source


def register_numbers(source: NumberSource) -> None:
    """`source(*, member) -> list[Number]`, asked once for each dashboard, which shows the first four of all."""
    if source not in _numbers:
        _numbers.append(source)


def register_public_numbers(source: NumberSource) -> None:
    """`source(*, company) -> list[Number]`, asked once for each public storefront page."""
    if source not in _public_numbers:
        _public_numbers.append(source)


def on_company_change(hook: ChangeHook) -> None:
    """`hook(*, company_id)` runs in the transaction that changes what buyers see of a company (facts, state, places)."""
    if hook not in _hooks:
        _hooks.append(hook)


def on_visit(hook: VisitHook) -> None:
    """`hook(*, company_id, kind, user, destination)` hears that a person opened a storefront ("storefront") or followed one of its contacts.

    `kind` is then the channel's; `user` is None without sign-in, `destination` the country that they chose when they last asked, or "". It stands in a request: count in memory, ask nothing.
    """
    if hook not in _visit_hooks:
        _visit_hooks.append(hook)


def register_subjects(subjects: Subjects) -> None:
    """Tell which rows of the audit belong to a company; the same kind again replaces it."""
    _subjects[subjects.kind] = subjects


def register_acts(*acts: Act) -> None:
    """Words for acts; what nobody has words for is not told on the team page."""
    _acts.update({(act.action, act.field): act for act in acts})


def list_subjects() -> list[Subjects]:
    """Everything that belongs to companies besides themselves."""
    return list(_subjects.values())


def list_acts() -> list[Act]:
    """Every act that there are words for."""
    return list(_acts.values())


def find_act(action: str, fields: Sequence[str]) -> Act:
    """The words for an act on these fields; raises KeyError where there are none."""
    for act in _acts.values():
        if act.action == action and act.field in fields:
            return act
    return _acts[action, ""]


def list_nav() -> list[NavItem]:
    """The menu in order."""
    return sorted(_nav.values(), key=lambda item: item.order)


def list_todo_sources() -> list[TodoSource]:
    """Everybody who knows of things to do."""
    return list(_todos)


def list_step_sources() -> list[StepSource]:
    """Everybody who knows of first steps."""
    return list(_steps.values())


def list_number_sources() -> list[NumberSource]:
    """Everybody who has figures."""
    return list(_numbers)


def list_public_number_sources() -> list[NumberSource]:
    """Everybody who has figures for buyers."""
    return list(_public_numbers)


def tell_company_change(*, company_id: int) -> None:
    """Call every hook, in the caller's transaction."""
    for hook in _hooks:
        hook(company_id=company_id)


def tell_visit(*, company_id: int, kind: str, user: Any, destination: str) -> None:
    """Call every hook of visits."""
    for hook in _visit_hooks:
        hook(company_id=company_id, kind=kind, user=user, destination=destination)
