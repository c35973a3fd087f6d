"""Visitors of the stand: each from an address of its own, over HTTPS through nginx, asking the API and looking how far a lookup is."""

import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from shipping.rules.zones import Place
from stand.places import Stand

LOOKUPS = "/api/v1/shipping/lookups/"
PATIENCE_S = 30


class Unexpected(Exception):
    """The site answered in a way that leaves nothing to measure."""


@dataclass(frozen=True)
class Said:
    """What a lookup says, and after how many seconds of this one request; an empty body where nothing is new."""

    body: Mapping[str, Any]
    seconds: float
    etag: str = ""

    @property
    def has_cards(self) -> bool:
        """Rate cards have answered with a price."""
        return any(one["kind"] == "cards" and one["state"] == "ok" for one in self.body.get("attempts", ()))

    @property
    def has_carrier(self) -> bool:
        """A carrier has answered with a price."""
        return any(one["kind"] == "carrier" and one["state"] == "ok" for one in self.body.get("attempts", ()))

    @property
    def has_ended(self) -> bool:
        """Nothing more will come."""
        return bool(self.body) and self.body["state"] != "running"


class Visitor:
    """One connection that is kept open; not for two threads at once."""

    def __init__(self, stand: Stand, number: int) -> None:
        trusting = ssl.create_default_context(cafile=str(stand.certificate))
        source = f"127.0.{1 + number // 250}.{1 + number % 250}"
        self._connection = HTTPSConnection(
            "localhost", urlsplit(stand.url).port, timeout=PATIENCE_S, context=trusting, source_address=(source, 0)
        )

    def connect(self) -> "Visitor":
        """Shake hands before the clock runs."""
        self._connection.connect()
        return self

    def ask(self, *, listing: int, quantity: int, to: Place) -> Said:
        """Ask what it costs to bring so much there."""
        place = {"country": to.country, "postcode": to.postcode, "town": to.city}
        body = json.dumps({"listing": listing, "quantity": quantity, "to": place})
        return self._send("POST", LOOKUPS, 201, body=body, headers={"Content-Type": "application/json"})

    def look(self, lookup: str, *, etag: str) -> Said:
        """How far it is; nothing where the visitor knows that already."""
        return self._send("GET", f"{LOOKUPS}{lookup}/", 200, headers={"If-None-Match": etag} if etag else {})

    def _send(self, method: str, path: str, wanted: int, **more: Any) -> Said:
        started = time.perf_counter()
        self._connection.request(method, path, **more)
        answer = self._connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - started
        if answer.status == 304:
            return Said({}, seconds, str(answer.headers["ETag"]))
        if answer.status != wanted:
            raise Unexpected(f"{method} {path} answered {answer.status}: {content[:300]!r}")
        return Said(json.loads(content), seconds, answer.headers.get("ETag", ""))
