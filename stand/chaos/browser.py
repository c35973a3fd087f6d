"""A person's browser in a few lines: HTTPS through nginx, cookies, forms with their CSRF token; redirects are answers."""

import secrets
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException, HTTPSConnection
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PATIENCE_SECONDS = 20
FOUND = 302


class NotAcknowledged(Exception):
    """What was sent was refused, or nobody said that it was taken."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: bytes


class Browser:
    """One person's session; not for two threads at once."""

    def __init__(self, url: str, certificate: Path, *, source: str = "127.0.0.1") -> None:
        self.url, self.certificate, self.cookies = url, certificate, CookieJar()
        trusting = ssl.create_default_context(cafile=str(certificate))
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            _From(source, trusting),
            urllib.request.HTTPCookieProcessor(self.cookies),
            _StayHere(),
        )

    def as_somebody_else(self, number: int) -> "Browser":
        """Another visitor's browser, at another address of this machine: limits count by network."""
        return Browser(self.url, self.certificate, source=f"127.0.{1 + number // 250}.{1 + number % 250}")

    def get(self, path: str) -> Answer:
        """A page; raises NotAcknowledged when nothing comes back."""
        return self._send(urllib.request.Request(self.url + path))

    def post(self, path: str, fields: Mapping[str, str], *, file: tuple[str, bytes] | None = None) -> Answer:
        """A form, with one picture where `file` is (name, bytes); raises NotAcknowledged when nothing comes back."""
        filled = {**fields, "csrfmiddlewaretoken": self._token()}
        content, kind = _write_multipart(filled, file) if file else (urlencode(filled).encode(), "")
        headers = {"Referer": self.url + path, **({"Content-Type": kind} if kind else {})}
        return self._send(urllib.request.Request(self.url + path, data=content, headers=headers, method="POST"))

    def sign_in(self, email: str, password: str) -> None:
        """Begin a session; raises NotAcknowledged."""
        self.get("/account/login/")
        answer = self.post("/account/login/", {"login": email, "password": password})
        if answer.status != FOUND:
            raise NotAcknowledged(f"sign-in answered {answer.status}")

    def follow(self, path: str, fields: Mapping[str, str], *, file: tuple[str, bytes] | None = None) -> str:
        """Post a form that leads to another page, and answer where; raises NotAcknowledged for every other answer."""
        answer = self.post(path, fields, file=file)
        if answer.status != FOUND or "/account/" in answer.location:
            raise NotAcknowledged(f"{path} answered {answer.status} {answer.location}".strip())
        return answer.location

    def _token(self) -> str:
        return next((cookie.value or "" for cookie in self.cookies if cookie.name == "csrftoken"), "")

    def _send(self, request: urllib.request.Request) -> Answer:
        for cookie in [cookie for cookie in self.cookies if cookie.name == "messages"]:
            self.cookies.clear(cookie.domain, cookie.path, cookie.name)  # nobody opens the page that would show them
        try:
            with self.opener.open(request, timeout=PATIENCE_SECONDS) as answer:
                return Answer(answer.status, "", answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.headers.get("Location", ""), refused.read())
        except (OSError, HTTPException) as error:
            raise NotAcknowledged(f"{type(error).__name__}: {error}") from error


class _From(urllib.request.HTTPSHandler):
    def __init__(self, source: str, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self.context, self.source = context, source

    def https_open(self, request: urllib.request.Request) -> Any:
        """Connect from the visitor's own address."""
        connect = partial(HTTPSConnection, source_address=(self.source, 0))
        return self.do_open(connect, request, context=self.context)


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *request: Any) -> None:  # noqa: ARG002  urllib's signature
        """Where an answer leads is part of the answer."""
        return


def _write_multipart(fields: Mapping[str, str], file: tuple[str, bytes]) -> tuple[bytes, str]:
    line = f"part-{secrets.token_hex(12)}"
    text = "".join(
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    head = f'--{line}\r\nContent-Disposition: form-data; name="pictures"; filename="{file[0]}"\r\nContent-Type: image/jpeg\r\n\r\n'
    content = text.encode() + head.encode() + file[1] + f"\r\n--{line}--\r\n".encode()
    return content, f"multipart/form-data; boundary={line}"
