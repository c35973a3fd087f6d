"""The authorisation matrix: who may do what where, read from tests/matrix.yaml and walked with real foreign ids."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.contrib.messages.api import get_messages  # noqa: F401  loaded before the first request, so that cells cost alike
from django.core.cache import cache as django_cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import AuditEntry
from core.routes import Route, list_routes
from demo.seed.scopes import Planted

FILE = Path(__file__).parent.parent / "matrix.yaml"
ANYBODY = "*"
MADE_UP_UUID, MADE_UP_NUMBER = "00000000-0000-4000-8000-000000000000", 987654321
FIXED = ("=", "~")
OLD_ADDRESS = dict.fromkeys(("GET", "POST", "PUT", "PATCH", "DELETE"), "old_address")
TOKENS = re.compile(rb'(name="csrfmiddlewaretoken" value="|nonce=")[^"]+|<meta name="csrf-token"[^>]*>')


@dataclass(frozen=True)
class Line:
    """What tests/matrix.yaml says of one route: its methods with a policy each, and what fills its parameters."""

    route: Route
    methods: Mapping[str, str]
    parameters: Mapping[str, str]
    body: Mapping[str, str]
    is_record: bool = False


@dataclass(frozen=True)
class Cell:
    """One actor asks one address in one way. `scope` owns the objects in it, "" where it has none; `variant` says how it is filled."""

    actor: str
    method: str
    url: str
    policy: str
    scope: str
    variant: str
    body: Mapping[str, str]

    def __str__(self) -> str:
        return f"{self.actor} {self.method} {self.url} ({self.variant} {self.scope})"


@cache
def read_file() -> dict[str, Any]:
    """The file as it is written."""
    told: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return told


def list_lines(routes: list[Route]) -> dict[str, Line]:
    """Every route that has a line, by its path; the pages of one record of the admin share a line."""
    lines = {}
    for route in routes:
        found = read_file()["routes"].get(route.name) or _find_record(route)
        if found is not None:
            methods = {method: policy for method, policy in found.items() if method.isupper()}
            lines[route.path] = Line(route, methods, found.get("with", {}), found.get("body", {}), "record" in found)
    return lines


def _find_record(route: Route) -> dict[str, Any] | None:
    """What the records' part says of one page: listing, adding, opening, deleting, history, and the old address of opening."""
    parts = route.path.strip("/").split("/")
    record = read_file()["records"].get("_".join(parts[1:3])) if parts[0] == "admin" and len(parts) > 2 else None
    if record is None or route.name == "admin:moderation_case":
        return None
    page = parts[-1] if len(parts) > 3 else "list"
    opened = {"record": True, "with": {"object_id": str(record.get("object", "=987654321"))}}
    reading, writing = {"GET": record["read"]}, {"POST": record["read"] if page != "change" else record["change"]}
    pages: dict[str, dict[str, Any]] = {
        "list": {"record": True, **reading, **writing},
        "add": {"record": True, "GET": record["add"], "POST": record["add"]},
        "delete": {**opened, "GET": "no_record", "POST": "no_record"},
    }
    return pages.get(
        page,
        {**opened, **reading, **writing}
        if page in {"change", "history"}
        else {"record": True, **opened, **OLD_ADDRESS},
    )


def list_cells(line: Line, planted: Planted) -> Iterator[Cell]:
    """Every actor, method and filling of one line."""
    actors = ["anonymous", *planted.actors]
    for method, policy in line.methods.items():
        for variant, scope, values in _fill(line, planted):
            url = _write_url(line.route, values)
            for actor in actors:
                yield Cell(actor, method, url, policy, scope, variant, line.body)


def _write_url(route: Route, values: Mapping[str, Any]) -> str:
    """The address; of a pattern without a name, its path with the values written in."""
    if not route.name.startswith("/"):
        return reverse(route.name, kwargs=dict(values))
    path = route.path.replace("(?P<url>.*)$", "nothing/")
    for name, value in values.items():
        path = re.sub(rf"<\w+:{name}>", str(value), path)
    return path


def _fill(line: Line, planted: Planted) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The parameters of each owner; of nobody; and, where an address has several, one owner's company with another's object."""
    private = [parameter for parameter, key in line.parameters.items() if not str(key).startswith(FIXED)]
    if not private:
        yield "plain", "", {parameter: _value({}, key) for parameter, key in line.parameters.items()}
        return
    yield "made-up", "", {parameter: _invent(key, planted) for parameter, key in line.parameters.items()}
    for name in ("a", "b") if len(private) > 1 else ():
        own, other = planted.scopes[name], planted.scopes["b" if name == "a" else "a"]
        outer = {private[0]: _value(own, line.parameters[private[0]])}
        yield "half made-up", name, {p: _invent(key, planted) for p, key in line.parameters.items()} | outer
        yield "mixed", name, {p: _value(other, key) for p, key in line.parameters.items()} | outer
    for name in ("a",) if line.is_record else planted.scopes:
        yield "of", name, {parameter: _value(planted.scopes[name], key) for parameter, key in line.parameters.items()}


def _value(objects: Mapping[str, Any], key: str) -> Any:
    """`=word` is written as it is, `~name` is an object's value that only adorns the address."""
    return key[1:] if key.startswith("=") else objects[key.removeprefix("~")]


def _invent(key: str, planted: Planted) -> Any:
    if key.startswith(FIXED):
        return _value(planted.scopes["a"], key)
    if key == "company" or key.endswith("token"):
        return "made-up"
    return MADE_UP_UUID if isinstance(planted.scopes["a"][key], str) else MADE_UP_NUMBER


def find_class(actor: str, scope: str, planted: Planted) -> str:
    """What an actor is to the owner of an address: its role there, buyer, officer, administrator, anonymous or stranger."""
    if actor in {"anonymous", "officer", "administrator"}:
        return actor
    return planted.teams.get(scope, {}).get(actor, "stranger")


def _find_seat(actor: str, planted: Planted) -> str:
    """What an actor is where an address names no owner: its role in any company, else as `find_class` says."""
    scope = next((name for name, team in planted.teams.items() if actor in team), "")
    return find_class(actor, scope, planted)


def get_expected(cell: Cell, planted: Planted) -> str:
    """ok, sign_in, forbidden or hidden; "ok|forbidden" where either will do."""
    told: Mapping[str, Any] = read_file()["policies"][cell.policy]
    if cell.variant == "of" and cell.scope == "s":
        told = {**told, **told.get("suspended", {})}
    if cell.variant == "plain":
        return str(told.get(_find_seat(cell.actor, planted), told[ANYBODY]))
    if cell.variant == "of":
        return str(told.get(find_class(cell.actor, cell.scope, planted), told[ANYBODY]))
    scope = "" if cell.variant == "made-up" else cell.scope
    said = str(told.get(find_class(cell.actor, scope, planted), told[ANYBODY]))
    missing = told.get("missing", "hidden")
    if isinstance(missing, dict):
        return str(missing[ANYBODY])
    return said if said == "sign_in" or (said == "forbidden" and "|" not in str(missing)) else str(missing)


def make_clients(planted: Planted) -> dict[str, Client]:
    """A browser for each actor, signed in."""
    clients = {"anonymous": Client(raise_request_exception=False)}
    for name, email in planted.actors.items():
        clients[name] = Client(raise_request_exception=False)
        clients[name].force_login(User.objects.get(email=email))
    return clients


def ask(cell: Cell, client: Client) -> Any:
    """One request in a transaction of its own that is taken back; what it wrote is counted before."""
    django_cache.clear()
    cookies: Any = client.cookies.copy()
    with transaction.atomic():
        before = _count_writes() if cell.method != "GET" else None
        answer: Any = (
            client.generic(cell.method, cell.url) if cell.method not in {"GET", "POST"} else _send(cell, client)
        )
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.wrote = before is not None and _count_writes() != before
        transaction.set_rollback(True)
    client.cookies = cookies
    answer.whole = content
    return answer


def _send(cell: Cell, client: Client) -> Any:
    return client.get(cell.url) if cell.method == "GET" else client.post(cell.url, dict(cell.body))


def _count_writes() -> tuple[int, int]:
    """The number of audit entries and of all rows of ours that a refused request could have made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM inquiries_message) + (SELECT count(*) FROM inquiries_inquiry) + (SELECT count(*) FROM core_job)"
            " + (SELECT count(*) FROM core_outboxmail) + (SELECT count(*) FROM uploads_upload) + (SELECT count(*) FROM storefronts_member)"
            " + (SELECT count(*) FROM moderation_decision) + (SELECT count(*) FROM listings_listingrevision)"
            " + (SELECT count(*) FROM reporting_supportact) + (SELECT count(*) FROM inquiries_quotation)"
            " + (SELECT count(*) FROM inquiries_quotationversion) + (SELECT count(*) FROM inquiries_quotationoutcome)"
            " + (SELECT count(*) FROM inquiries_counter) + (SELECT count(*) FROM inquiries_deal)"
            " + (SELECT count(*) FROM inquiries_sample) + (SELECT count(*) FROM inquiries_buyerblock)"
        )
        rows = cursor.fetchone()
    return AuditEntry.objects.count(), int(rows[0]) if rows else 0


def classify(answer: Any) -> str:
    """ok, sign_in, forbidden, hidden or broken."""
    location = answer.headers.get("Location", "")
    if answer.status_code in {301, 302} and (
        "/account/login/" in location
        or "/admin/login/" in location
        or "/account/signup/" in location
        or "/account/reauthenticate/" in location
    ):
        return "sign_in"
    if answer.status_code >= 500 and answer.status_code != 503:
        return "broken"
    return {403: "forbidden", 404: "hidden"}.get(answer.status_code, "ok")


def strip(content: bytes, url: str) -> bytes:
    """A page without what differs each time: tokens, and the address itself in its links."""
    plain = TOKENS.sub(b"", content)
    for part in sorted({url, *url.split("?")}, key=len, reverse=True):
        plain = plain.replace(part.encode(), b"")
    return plain


def find_leaks(cell: Cell, answer: Any, planted: Planted) -> list[str]:
    """Canaries in body or headers that this actor may not read."""
    seen = answer.whole + repr(answer.headers).encode()
    return [word for word, readers in planted.canaries.items() if cell.actor not in readers and word.encode() in seen]


def list_unlisted(urlconf: str | None = None) -> list[str]:
    """Routes without a line, methods without a policy, and lines without a route."""
    routes = list_routes(urlconf)
    lines = list_lines(routes)
    names = {route.name for route in routes}
    records = {"_".join(route.path.split("/")[2:4]) for route in routes if route.path.startswith("/admin/")}
    return [
        *(route.name for route in routes if route.path not in lines),
        *(
            f"{route.name} {method}"
            for route in routes
            if route.path in lines
            for method in route.methods
            if method != "HEAD" and method not in lines[route.path].methods
        ),
        *(name for name in read_file()["routes"] if name not in names),
        *(name for name in read_file()["records"] if name not in records),
    ]
