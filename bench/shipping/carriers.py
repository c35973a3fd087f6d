"""Three carriers on this machine, in the shapes of MyDHL, UPS and FedEx: `python -m bench.shipping.carriers PORT`.

An account whose number begins with “hangs” gets no answer, every other one gets it after 0.3 to 1.2 seconds. Tokens take a tenth of a
second. `GET /calls` says how often each account was asked for prices, and how many tokens were given out.
"""

import asyncio
import contextlib
import json
import sys
from collections import Counter
from collections.abc import Callable
from secrets import SystemRandom, token_hex
from typing import Any

from tests.shipping.carriers import (
    DHL_RATES,
    FEDEX_RATES,
    FEDEX_TOKEN,
    UPS_RATES,
    UPS_TOKEN,
    dhl_product,
    fedex_detail,
    fedex_rate,
    ups_rated,
)

ANSWERS_AFTER_S, TOKEN_AFTER_S, HANGS_S = (0.3, 1.2), 0.1, 60.0
HANGS = "hangs"
CALLS = "/calls"
calls: Counter[str] = Counter()
tokens: set[str] = set()


def read_dhl(body: Any) -> str:
    """The account's number in a request of MyDHL."""
    return str(body["accounts"][0]["number"])


def read_ups(body: Any) -> str:
    """The account's number in a request of UPS."""
    return str(body["RateRequest"]["Shipment"]["Shipper"]["ShipperNumber"])


def read_fedex(body: Any) -> str:
    """The account's number in a request of FedEx."""
    return str(body["accountNumber"]["value"])


RATES: dict[str, tuple[Callable[[Any], str], dict[str, Any]]] = {
    DHL_RATES: (read_dhl, {"products": [dhl_product(), dhl_product("EXPRESS 12:00", "Y", (231.2, "GHS"))]}),
    UPS_RATES: (read_ups, {"RateResponse": {"Response": {}, "RatedShipment": [ups_rated(), ups_rated("08", "188.40")]}}),
    FEDEX_RATES: (
        read_fedex,
        {"output": {"rateReplyDetails": [fedex_detail(fedex_rate()), fedex_detail(fedex_rate(net=214.75), code="FEDEX_PRIORITY")]}},
    ),
}  # fmt: skip


async def serve(port: int) -> None:
    """Answer until the process is told to stop."""
    server = await asyncio.start_server(hear, "127.0.0.1", port, backlog=512)
    async with server:
        await server.serve_forever()


async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection, request by request."""
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        while head := await reader.readuntil(b"\r\n\r\n"):
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            status, answer = await reply(first.split()[1], headers, body)
            content = json.dumps(answer).encode()
            writer.write(
                f"HTTP/1.1 {status} -\r\ncontent-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n".encode()
            )
            writer.write(content)
            await writer.drain()
    writer.close()


async def reply(path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
    """Status and body: counts, a token, or prices."""
    if path == CALLS:
        return 200, dict(calls)
    if path in {UPS_TOKEN, FEDEX_TOKEN}:
        calls["tokens"] += 1
        await asyncio.sleep(TOKEN_AFTER_S)
        tokens.add(text := token_hex(16))
        return 200, {"access_token": text, "token_type": "Bearer", "expires_in": 3600}
    read_account, answer = RATES[path]
    account = read_account(json.loads(body))
    calls[account] += 1
    if path != DHL_RATES and headers.get("authorization", "").removeprefix("Bearer ") not in tokens:
        return 401, {}
    await asyncio.sleep(HANGS_S if account.startswith(HANGS) else SystemRandom().uniform(*ANSWERS_AFTER_S))
    return 200, answer


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1])))
