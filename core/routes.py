"""Every address of the site: its name, parameters and the methods that its view answers."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

PAGE_METHODS = ("GET", "POST")
"""What a view answers that says nothing of it, as Django's admin and allauth do."""


@dataclass(frozen=True)
class Route:
    """One address. `path` is written as in Django, the language's prefix left out; `operation` names an operation of the API."""

    name: str
    path: str
    parameters: tuple[str, ...]
    methods: tuple[str, ...]
    operation: str = ""


def list_routes(urlconf: str | None = None) -> list[Route]:
    """All addresses in the order of their names; one without a name is called by its path."""
    found = _walk(get_resolver(urlconf).url_patterns, path="", namespace="")
    return sorted(found, key=lambda route: (route.name, route.path))


def _walk(patterns: Any, *, path: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        prefix = "" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, path=path + prefix, namespace=inner)
        else:
            yield _describe(pattern, path + prefix, namespace)


def _describe(pattern: URLPattern, path: str, namespace: str) -> Route:
    name = f"{namespace}{pattern.name}" if pattern.name else f"/{path}"
    methods = _find_methods(pattern.callback)
    parameters = tuple(pattern.pattern.regex.groupindex) or tuple(pattern.pattern.converters)
    return Route(name, f"/{path}", _list_parameters(path, parameters), methods, _name_operation(pattern.callback))


def _list_parameters(path: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the whole path: an include may have brought some before the pattern's own."""
    before = [part.partition(">")[0].rpartition(":")[2] for part in path.split("<")[1:] if not part.startswith("?")]
    before = [part.removeprefix("P<") for part in before]
    return tuple(dict.fromkeys([*(name for name in before if name.isidentifier()), *own]))


def _find_methods(view: Callable[..., Any]) -> tuple[str, ...]:
    """From the view's class, or from the decorator that limits a function to some methods."""
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if kind is not None:
        allowed = [name.upper() for name in kind.http_method_names if hasattr(kind, name)]
        return tuple(method for method in allowed if method != "OPTIONS")
    limited = _find_limit(view)
    return tuple(limited) if limited else PAGE_METHODS


def _find_limit(view: Any) -> list[str]:
    """The list that `require_http_methods` and its kin keep, however deep under other decorators it stands."""
    seen: set[int] = set()
    waiting = [view]
    while waiting:
        function = waiting.pop()
        if id(function) in seen or not inspect.isfunction(function):
            continue
        seen.add(id(function))
        variables = inspect.getclosurevars(function).nonlocals
        if "request_method_list" in variables:
            return [str(method) for method in variables["request_method_list"]]
        waiting += [value for value in variables.values() if inspect.isfunction(value)]
        waiting.append(getattr(function, "__wrapped__", None))
    return []


def _name_operation(view: Any) -> str:
    kind = getattr(view, "cls", None)
    return kind.__name__ if kind is not None else ""
