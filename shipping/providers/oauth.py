"""Calls with an access token by the client credentials grant (RFC 6749, 4.4), as UPS and FedEx want it."""

import hashlib
import re
import time
from collections.abc import Callable

from shipping.choices import CarrierFailure
from shipping.providers.base import Account
from shipping.providers.calls import Call, Client
from shipping.providers.outcomes import Failure, Reply
from shipping.providers.reading import read_whole
from shipping.providers.tokens import MARGIN_S, Token

LONGEST_LIFE_S = 24 * 3600
TOKEN = re.compile(r"[\x21-\x7e]{8,8192}")
"""What can stand in a header."""


async def send_with_token(
    client: Client, account: Account, *, grant: Call, write_call: Callable[[str], Call]
) -> Reply | Failure:
    """The reply to a call with the account's token. A kept token that is refused is dropped and a new one asked for, once."""
    key = _name_token(account, grant)
    while True:
        kept = client.tokens.peek(key)
        token = await client.find_token(key, lambda: _ask_token(client, grant))
        if isinstance(token, Failure):
            return token
        client.keep_secret(token.text)
        outcome = await client.send(write_call(f"Bearer {token.text}"))
        refused = isinstance(outcome, Failure) and outcome.status == 401
        if refused:
            client.tokens.drop(key, token)
        if not refused or token != kept:
            return outcome


def _name_token(account: Account, grant: Call) -> str:
    """Other credentials are another token: what an owner has just changed works at once."""
    parts = "\0".join((account.key, grant.url, account.user, account.secret))
    return hashlib.sha256(parts.encode()).hexdigest()


async def _ask_token(client: Client, grant: Call) -> Token | Failure:
    reply = await client.send(grant)
    if isinstance(reply, Failure):
        return reply
    if reply.status >= 400:  # only the account's part of this call can be wrong
        return Failure(CarrierFailure.UNAUTHORISED, status=reply.status)
    text, life_s = reply.body.get("access_token"), read_whole(reply.body.get("expires_in")) or 0
    if not isinstance(text, str) or not TOKEN.fullmatch(text):
        return Failure(CarrierFailure.GARBAGE, status=reply.status)
    client.keep_secret(text)
    return Token(text, time.monotonic() + max(0, min(life_s, LONGEST_LIFE_S) - MARGIN_S))
