"""Access tokens of OAuth accounts, kept in this process until a minute before they end; one refresh at a time for an account.

A loop's own lock would not hold beyond its loop, and who asks alone, as tests do, has one of their own. Whoever comes first asks for the token, the
others wait for what it gets; where the first one is cancelled, the next one asks.
"""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from shipping.providers.outcomes import Failure

MARGIN_S = 60


@dataclass(frozen=True)
class Token:
    """A bearer token and until when it is used, in seconds of the monotonic clock."""

    text: str = field(repr=False)
    until: float


Fetched = Token | Failure | None


class TokenStore:
    """Tokens by a key that says which account and which credentials they are of."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: dict[str, Token] = {}
        self._fetching: dict[str, Future[Fetched]] = {}

    def __repr__(self) -> str:
        return "<TokenStore>"

    def peek(self, key: str) -> Token | None:
        """The token that is still good, if there is one."""
        token = self._tokens.get(key)
        return token if token and time.monotonic() < token.until else None

    async def find(self, key: str, fetch: Callable[[], Awaitable[Token | Failure]]) -> Token | Failure:
        """The token, fetched where none is good; waits for a fetch that is under way and shares its failure."""
        mine: Future[Fetched] = Future()
        mine.set_running_or_notify_cancel()  # a waiter that is cancelled must not cancel it for the others
        while True:
            with self._lock:
                if token := self.peek(key):
                    return token
                waiting = self._fetching.setdefault(key, mine)
            if waiting is mine:
                return await self._fetch(key, mine, fetch)
            fetched = await asyncio.wrap_future(waiting)
            if fetched is not None:
                return fetched

    async def _fetch(
        self, key: str, mine: Future[Fetched], fetch: Callable[[], Awaitable[Token | Failure]]
    ) -> Token | Failure:
        fetched: Fetched = None
        try:
            fetched = await fetch()
            return fetched
        finally:
            with self._lock:
                del self._fetching[key]
                if isinstance(fetched, Token):
                    self._forget_old()
                    self._tokens[key] = fetched
            mine.set_result(fetched)

    def drop(self, key: str, token: Token) -> None:
        """Forget a token that a carrier refused, unless a newer one has taken its place."""
        with self._lock:
            if self._tokens.get(key) == token:
                del self._tokens[key]

    def _forget_old(self) -> None:
        now = time.monotonic()
        self._tokens = {key: token for key, token in self._tokens.items() if now < token.until}
