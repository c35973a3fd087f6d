"""Every call to a carrier: two seconds to connect, five for the call, all of it within a deadline that the caller sets.

Timeouts of httpx count from byte to byte, so that a slow drip never ends; `asyncio.timeout_at` ends it. TLS is verified and its failure
final, bodies are capped, and one jittered retry stays inside the deadline. Calls go through httpx's transport alone: what its client adds
(redirects, cookies, proxies and .netrc of the machine) no carrier is to have (docs/adr/0038).
"""

import asyncio
import base64
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from secrets import SystemRandom
from typing import Any
from urllib.parse import quote_plus

import httpx
from django.utils import timezone

from shipping.choices import CarrierFailure
from shipping.providers.bodies import BodyTooLarge, BodyUnreadable, parse_object, read_capped, write_json
from shipping.providers.hosts import is_private
from shipping.providers.outcomes import Failure, Reply, cut
from shipping.providers.tokens import Token, TokenStore

CONNECT_S, READ_S, CALL_S = 2.0, 4.0, 5.0
TIMEOUTS = httpx.Timeout(READ_S, connect=CONNECT_S, pool=CONNECT_S).as_dict()
TOTAL_S = 10.0
"""Ends two seconds before everything has to be settled."""
SHORTEST_TRY_S = 0.5
"""With less time than that before the deadline a retry would only fail once more."""
JITTER_S = (0.1, 0.4)
USER_AGENT = "Lateen"
PASSING = {502, 503, 504}
SHORTEST_SECRET = 5
TOKENS = TokenStore()
"""Of this process. Tokens are kept in memory only, never in a cache that a dump of the database would hold."""


class NoAnsweredHeaders(logging.Filter):
    """At level DEBUG httpcore writes the headers of answers down, in which a carrier may repeat what it was sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "response_headers.complete" not in str(record.msg)


for protocol in ("httpcore.http11", "httpcore.http2", "httpcore.proxy"):
    logging.getLogger(protocol).addFilter(NoAnsweredHeaders())


@dataclass(frozen=True)
class Call:
    """A POST to a carrier: JSON, or a form where `form` is given. What it carries is in no repr."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: object = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)


def write_basic(user: str, secret: str) -> str:
    """The value of an Authorization header for a name and a secret (RFC 7617, UTF-8)."""
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()


class Client:
    """Calls of one question to one account, on connections of its own. Nothing that it returns holds a credential that it was told of."""

    def __init__(self, transport: httpx.AsyncHTTPTransport, *, deadline: float, tokens: TokenStore) -> None:
        self._transport = transport
        self._deadline = deadline
        self._secrets: set[str] = set()
        self.tokens = tokens

    def __repr__(self) -> str:
        return "<Client>"

    def keep_secret(self, *texts: str) -> None:
        """Texts that `hide` takes out of a carrier's words from now on."""
        known = [text for text in texts if len(text) >= SHORTEST_SECRET]
        self._secrets.update(known, map(quote_plus, known))

    def hide(self, words: str) -> str:
        """A carrier's words without any credential, cut: a carrier may repeat what it was sent, also as it stands in a form."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            words = words.replace(secret, "…")
        return cut(words)

    async def send(self, call: Call) -> Reply | Failure:
        """The reply to a call, or why there is none; asked again once where the failure may pass and time is left."""
        outcome = await self._try(call)
        if not isinstance(outcome, Failure) or not outcome.passes:
            return outcome
        pause = SystemRandom().uniform(*JITTER_S) + (outcome.retry_after_s or 0)
        if asyncio.get_running_loop().time() + pause + SHORTEST_TRY_S > self._deadline:
            return outcome
        await asyncio.sleep(pause)
        return await self._try(call)

    async def find_token(self, key: str, fetch: Callable[[], Awaitable[Token | Failure]]) -> Token | Failure:
        """The token of an account, fetched where none is kept. Another lookup's fetch is waited for until our own deadline."""
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self.tokens.find(key, fetch)
        except TimeoutError:
            return Failure(CarrierFailure.TIMEOUT)

    async def _try(self, call: Call) -> Reply | Failure:
        ends = min(asyncio.get_running_loop().time() + CALL_S, self._deadline)
        try:
            async with asyncio.timeout_at(ends):
                return await self._exchange(call)
        except TimeoutError:
            return Failure(CarrierFailure.TIMEOUT)
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            return _name_failure(error)

    async def _exchange(self, call: Call) -> Reply | Failure:
        content = None if call.form is not None else write_json(call.body)
        headers = {"accept": "application/json", "accept-encoding": "gzip", "user-agent": USER_AGENT, **call.headers}
        if content is not None:
            headers["content-type"] = "application/json"
        asked = httpx.Request(
            "POST", call.url, headers=headers, content=content, data=call.form, extensions={"timeout": TIMEOUTS}
        )
        response = await self._transport.handle_async_request(asked)
        try:
            return _refuse_status(response) or await _read_reply(response)
        finally:
            await response.aclose()


@asynccontextmanager
async def open_client(
    *, total_s: float = TOTAL_S, tokens: TokenStore = TOKENS, trusted: Path | None = None
) -> AsyncIterator[Client]:
    """A client whose calls all end within `total_s` seconds from now. `trusted` is a file with one more authority, for tests."""
    async with httpx.AsyncHTTPTransport(verify=_trust(trusted), trust_env=False) as transport:
        yield Client(transport, deadline=asyncio.get_running_loop().time() + total_s, tokens=tokens)


@lru_cache(maxsize=4)
def _trust(trusted: Path | None) -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if trusted:
        context.load_verify_locations(trusted)
    return context


def _refuse_status(response: httpx.Response) -> Failure | None:
    """Statuses that need no body."""
    status = response.status_code
    if 300 <= status < 400:
        target = response.headers.get("location", "")
        return Failure(
            CarrierFailure.PRIVATE_REDIRECT if is_private(target) else CarrierFailure.REDIRECT, status=status
        )
    if status in {401, 403}:
        return Failure(CarrierFailure.UNAUTHORISED, status=status)
    if status == 429:
        waits_s = _read_retry_after(response)
        return Failure(CarrierFailure.RATE_LIMITED, status=status, retry_after_s=waits_s, passes=True)
    if status >= 500:
        waits_s = _read_retry_after(response)
        return Failure(CarrierFailure.SERVER, status=status, retry_after_s=waits_s, passes=status in PASSING)
    return None


async def _read_reply(response: httpx.Response) -> Reply | Failure:
    try:
        if "json" not in response.headers.get("content-type", "json").lower():
            raise BodyUnreadable
        return Reply(response.status_code, parse_object(await read_capped(response)))
    except BodyTooLarge:
        return Failure(CarrierFailure.TOO_LARGE, status=response.status_code)
    except BodyUnreadable:
        return Failure(CarrierFailure.GARBAGE, status=response.status_code)


def _read_retry_after(response: httpx.Response) -> int | None:
    """Seconds, or a day and time (RFC 9110, 10.2.3); None where there is none that can be read."""
    written = response.headers.get("retry-after", "").strip()
    if written.isascii() and written.isdigit():
        return int(written[:6])
    try:
        until = parsedate_to_datetime(written)
        return max(0, round((until - timezone.now()).total_seconds()))
    except (ValueError, TypeError, OverflowError):
        return None


def _name_failure(error: Exception) -> Failure:
    """Which failure an error of httpx is. Its text is kept nowhere."""
    if any(isinstance(link, ssl.SSLError) for link in _list_causes(error)):
        return Failure(CarrierFailure.TLS)
    if isinstance(error, httpx.ConnectTimeout):
        return Failure(CarrierFailure.CONNECT, passes=True)
    if isinstance(error, httpx.TimeoutException):
        return Failure(CarrierFailure.TIMEOUT)
    if isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError):
        return Failure(CarrierFailure.CONNECT, passes=True)
    return Failure(CarrierFailure.GARBAGE)


def _list_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def hide_all(client: Client, value: Any) -> Any:
    """A frozen dataclass, or a tuple of them, with every text hidden."""
    if isinstance(value, tuple):
        return tuple(hide_all(client, item) for item in value)
    if type(value) is str:
        return client.hide(value)
    if hasattr(value, "__dataclass_fields__"):
        return replace(value, **{name: hide_all(client, getattr(value, name)) for name in value.__dataclass_fields__})
    return value
