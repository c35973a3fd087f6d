"""The reading children as their parent sees them: bytes in, facts and renditions out, and a deadline that kills."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any, TypeVar

from uploads.exceptions import FileUnreadable, ReadingStopped
from uploads.rules.documents import LONGEST_TEXT, DocumentFacts, Words
from uploads.rules.pictures import Facts, Made

PROJECT = Path(__file__).resolve().parents[2]
PICTURES, DOCUMENTS, PAGES = "uploads.media", "uploads.media.documents", "uploads.media.pages"
DEADLINE_SECONDS = 60.0
PATIENCE_SECONDS = 5.0
LONGEST_LINE = 10_000
MOST_BYTES = 8 * 1024 * 1024
FACT_FIELDS = ("width", "height", "placeholder", "placeholder_color", "difference_hash")
MOST_PAGES = 100_000
MAGIC = {"webp": b"WEBP", "avif": b"ftyp"}

Part = TypeVar("Part")
Read = Callable[[IO[bytes], dict[str, Any]], Part | None]


def read_picture(content: bytes, *, widths: Sequence[int], max_pixels: int) -> Generator[Facts | Made, None, None]:
    """Yield what the child makes, as it makes it; close the iterator to kill the child.

    Raises FileUnreadable when the picture is at fault, ReadingStopped when the child died or the deadline passed.
    """
    read: Read[Facts | Made] = partial(_read_part, widths=widths)
    with _running(json.dumps({"widths": list(widths), "max_pixels": max_pixels})) as child:
        parts: Generator[Facts | Made, None, None] = _talk(child, content, read)
        yield from parts


def read_document(content: bytes, *, max_pages: int) -> DocumentFacts:
    """Return what the child found in a harmless document; raises FileUnreadable and ReadingStopped as `read_picture` does."""
    with _running(json.dumps({"max_pages": max_pages}), DOCUMENTS) as child:
        facts = list(_talk(child, content, _read_document_part))
    if len(facts) != 1:
        raise ReadingStopped("the child told no facts")
    return facts[0]


def read_pages(
    content: bytes, *, widths: Sequence[int], most: int, reads_text: bool
) -> Generator[Words | Made, None, None]:
    """Yield the text layer, where asked for, and the pages of a harmless document as pictures; raises as `read_picture` does."""
    read: Read[Words | Made] = partial(_read_page_part, widths=widths, most=most)
    with _running(json.dumps({"widths": list(widths), "most": most, "reads_text": reads_text}), PAGES) as child:
        parts: Generator[Words | Made, None, None] = _talk(child, content, read)
        yield from parts


@contextmanager
def _running(*how: str) -> "Iterator[subprocess.Popen[bytes]]":
    child = _start(*how)
    deadline = threading.Timer(DEADLINE_SECONDS, _kill, args=(child,))
    deadline.start()
    try:
        yield child
    finally:
        deadline.cancel()
        _kill(child)
        _close(child)


def _start(wanted: str, module: str = PICTURES) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603  our own module, our own arguments
        [sys.executable, "-s", "-B", "-m", module, wanted],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PROJECT,
        env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},  # nothing of ours: no secret key, no database address
        start_new_session=True,
    )


def _talk(child: "subprocess.Popen[bytes]", content: bytes, read: Read[Part]) -> Generator[Part, None, None]:
    if child.stdin is None or child.stdout is None:
        raise ReadingStopped("no pipes")
    with suppress(BrokenPipeError):  # it died early: its exit code tells more
        child.stdin.write(content)
        child.stdin.close()
    finished = yield from _parse(child.stdout, read)
    if not finished:
        code = child.wait(timeout=PATIENCE_SECONDS)
        raise (
            FileUnreadable("too_heavy") if code == -signal.SIGXCPU else ReadingStopped(f"the child ended with {code}")
        )


def _parse(pipe: IO[bytes], read: Read[Part]) -> Generator[Part, None, bool]:
    """Read line after line; what a decoder that was taken over might write instead is not believed."""
    while line := pipe.readline(LONGEST_LINE):
        try:
            part = read(pipe, json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise ReadingStopped("the child wrote what no child of ours writes") from error
        if part is None:
            return True
        yield part
    return False


def _read_part(pipe: IO[bytes], event: dict[str, Any], *, widths: Sequence[int]) -> Facts | Made | None:
    match event["event"]:
        case "done":
            return None
        case "refused":
            raise FileUnreadable(str(event["code"]), str(event.get("detail", "")))
        case "facts":
            return Facts(**{field: event[field] for field in FACT_FIELDS})
        case "rendition":
            return _read_rendition(pipe, event, widths)
        case other:
            raise ValueError(other)


def _read_document_part(_pipe: IO[bytes], event: dict[str, Any]) -> DocumentFacts | None:
    match event["event"]:
        case "done":
            return None
        case "refused":
            raise FileUnreadable(str(event["code"]), str(event.get("detail", "")))
        case "facts" if isinstance(event["pages"], int) and 0 < event["pages"] <= MOST_PAGES:
            return DocumentFacts(pages=event["pages"])
        case other:
            raise ValueError(other)


def _read_page_part(pipe: IO[bytes], event: dict[str, Any], *, widths: Sequence[int], most: int) -> Words | Made | None:
    match event["event"]:
        case "done":
            return None
        case "refused":
            raise FileUnreadable(str(event["code"]), str(event.get("detail", "")))
        case "text":
            return Words(_read_payload(pipe, event).decode(errors="replace")[:LONGEST_TEXT])
        case "rendition" if isinstance(event["page"], int) and 0 < event["page"] <= most:
            return replace(_read_rendition(pipe, event, widths), page=event["page"])
        case other:
            raise ValueError(other)


def _read_payload(pipe: IO[bytes], event: dict[str, Any]) -> bytes:
    wanted = int(event["bytes"])
    content = pipe.read(wanted) if 0 < wanted <= MOST_BYTES else b""
    if len(content) != wanted:
        raise ValueError("cut off")
    return content


def _read_rendition(pipe: IO[bytes], event: dict[str, Any], widths: Sequence[int]) -> Made:
    content = _read_payload(pipe, event)
    if event["label"] not in widths or MAGIC[event["format"]] not in content[4:12]:
        raise ValueError("no such rendition")
    return Made(
        label=event["label"], format=event["format"], width=event["width"], height=event["height"], content=content
    )


def _kill(child: "subprocess.Popen[bytes]") -> None:
    """Kill the child and whatever it started: it leads a session of its own."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)


def _close(child: "subprocess.Popen[bytes]") -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe:
            with suppress(BrokenPipeError):
                pipe.close()
    child.wait()
