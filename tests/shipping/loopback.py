"""A carrier on this machine: answers what a test laid out for a path, over HTTP or HTTPS, and remembers what it was asked."""

import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Behaviour = Callable[["Handler"], None]
DRIP_S = 0.1


@dataclass
class Seen:
    """One request."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Loopback:
    """What to answer by path, in turn (the last for ever), what came in, and how often somebody knocked, by connections."""

    url: str
    knocks: int = 0
    answers: dict[str, list[Behaviour]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def lay_out(self, path: str, *behaviours: Behaviour) -> None:
        self.answers[path] = list(behaviours)

    def list_seen(self, path: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.path == path]


class Handler(BaseHTTPRequestHandler):
    """Plays the next behaviour of the path."""

    protocol_version = "HTTP/1.1"
    loopback: Loopback

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0"))).decode()
        self.loopback.seen.append(Seen(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        waiting = self.loopback.answers.get(self.path, [text("Not Found", status=404)])
        (waiting.pop(0) if len(waiting) > 1 else waiting[0])(self)

    def log_message(self, *args: Any) -> None:
        """Nothing on the terminal."""


class Server(ThreadingHTTPServer):
    daemon_threads = False
    loopback: Loopback

    def get_request(self) -> Any:
        self.loopback.knocks += 1
        return super().get_request()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what many tests are about."""


@contextmanager
def run_loopback(certificate: Path | None = None) -> Iterator[Loopback]:
    """A server until the end of the block; with a certificate (PEM with key) it speaks HTTPS as `localhost`."""
    loopback = Loopback("")
    server = Server(("127.0.0.1", 0), type("OwnHandler", (Handler,), {"loopback": loopback}))
    server.loopback = loopback
    scheme, host = "http", "127.0.0.1"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme, host = "https", "localhost"
    loopback.url = f"{scheme}://{host}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield loopback
    finally:
        loopback.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def text(words: str | bytes, *, status: int = 200, kind: str = "text/html", **headers: str) -> Behaviour:
    def play(handler: Handler) -> None:
        body = words.encode() if isinstance(words, str) else words
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return play


def as_json(body: Any, *, status: int = 200, kind: str = "application/json", **headers: str) -> Behaviour:
    return text(json.dumps(body), status=status, kind=kind, **headers)


def drip(handler: Handler) -> None:
    """A byte now and then, each of them well within a read timeout."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.loopback.closing.wait(DRIP_S):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def hang(handler: Handler) -> None:
    """No answer until the server ends."""
    handler.loopback.closing.wait(20)
    handler.close_connection = True


def reset(handler: Handler) -> None:
    """The connection breaks off."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def flood(handler: Handler, *, announced: bool = True) -> None:
    """Ten million bytes, announced or not; counts how many were taken."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length" if announced else "Connection", "10000000" if announced else "close")
    handler.end_headers()
    handler.close_connection = True
    for _ in range(1000):
        handler.wfile.write(b" " * 10_000)


def flood_unannounced(handler: Handler) -> None:
    flood(handler, announced=False)


def wait(seconds: float, then: Behaviour) -> Behaviour:
    def play(handler: Handler) -> None:
        time.sleep(seconds)
        then(handler)

    return play
