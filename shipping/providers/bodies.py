"""Bodies both ways: JSON written without floats, and read with Decimals, a cap and no trust."""

import json
import zlib
from decimal import Decimal
from typing import Any

import httpx

LARGEST_BYTES = 1_000_000
"""Answers with all services and lines of charges are below 200 kB; what is larger is no rate."""
write_text = json.encoder.encode_basestring_ascii
ZIPPED = 16 + zlib.MAX_WBITS


class BodyTooLarge(Exception):
    """The answer is larger than any rate."""


class BodyUnreadable(Exception):
    """The answer is no JSON object."""


async def read_capped(response: httpx.Response) -> bytes:
    """The body while it arrives, at most LARGEST_BYTES of it, packed or not. Raises BodyTooLarge or BodyUnreadable."""
    announced = response.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:12]) > LARGEST_BYTES:
        raise BodyTooLarge
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > LARGEST_BYTES:
            raise BodyTooLarge
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding == "gzip":
        return _unzip(bytes(body))
    if encoding not in {"", "identity"}:
        raise BodyUnreadable
    return bytes(body)


def _unzip(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj(ZIPPED)
    try:
        plain = unpacker.decompress(packed, LARGEST_BYTES + 1)
    except zlib.error as error:
        raise BodyUnreadable from error
    if len(plain) > LARGEST_BYTES:
        raise BodyTooLarge
    return plain


def parse_object(body: bytes) -> dict[str, Any]:
    """A JSON object with int and Decimal for numbers. Raises BodyUnreadable for everything else."""
    try:
        value = json.loads(body.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise BodyUnreadable from error
    if not isinstance(value, dict):
        raise BodyUnreadable
    return value


def _refuse_constant(name: str) -> Decimal:
    raise ValueError(name)


def write_json(value: object) -> str:
    """JSON text; a Decimal is written digit by digit, and a float is not accepted (TypeError).

    What stands in a list many times, as equal packages do, is worked out once.
    """
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dict):
        return "{" + ",".join(f"{write_text(str(key))}:{write_json(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        texts = {key: write_json(item) for key, item in {id(item): item for item in value}.items()}
        return "[" + ",".join(texts[id(item)] for item in value) + "]"
    if isinstance(value, str):
        return write_text(value)
    if value is None or isinstance(value, int):
        return json.dumps(value)
    raise TypeError(type(value).__name__)
