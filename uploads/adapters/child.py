"""The decoding child as its parent sees it: bytes in, facts and renditions out, and a deadline that kills."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from uploads.exceptions import FileUnreadable, ReadingStopped
from uploads.rules.pictures import Facts, Made

PROJECT = Path(__file__).resolve().parents[2]
DEADLINE_SECONDS = 60.0
PATIENCE_SECONDS = 5.0
LONGEST_LINE = 10_000
MOST_BYTES = 8 * 1024 * 1024
FACT_FIELDS = ("width", "height", "placeholder", "placeholder_color", "difference_hash")
MAGIC = {"webp": b"WEBP", "avif": b"ftyp"}


def read_picture(content: bytes, *, widths: Sequence[int], max_pixels: int) -> Generator[Facts | Made, None, None]:
    """Yield what the child makes, as it makes it; close the iterator to kill the child.

    Raises FileUnreadable when the picture is at fault, ReadingStopped when the child died or the deadline passed.
    """
    child = _start(json.dumps({"widths": list(widths), "max_pixels": max_pixels}))
    deadline = threading.Timer(DEADLINE_SECONDS, _kill, args=(child,))
    deadline.start()
    try:
        yield from _talk(child, content, widths)
    finally:
        deadline.cancel()
        _kill(child)
        _close(child)


def _start(wanted: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603  our own module, our own arguments
        [sys.executable, "-s", "-B", "-m", "uploads.media", wanted],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PROJECT,
        env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},  # nothing of ours: no secret key, no database address
        start_new_session=True,
    )


def _talk(
    child: "subprocess.Popen[bytes]", content: bytes, widths: Sequence[int]
) -> Generator[Facts | Made, None, None]:
    if child.stdin is None or child.stdout is None:
        raise ReadingStopped("no pipes")
    with suppress(BrokenPipeError):  # it died early: its exit code tells more
        child.stdin.write(content)
        child.stdin.close()
    finished = yield from _parse(child.stdout, widths)
    if not finished:
        code = child.wait(timeout=PATIENCE_SECONDS)
        raise (
            FileUnreadable("too_heavy")
            if code == -signal.SIGXCPU
            else ReadingStopped(f"the child ended with {code}")
        )


def _parse(pipe: IO[bytes], widths: Sequence[int]) -> Generator[Facts | Made, None, bool]:
    """Read line after line; what a decoder that was taken over might write instead is not believed."""
    while line := pipe.readline(LONGEST_LINE):
        try:
            part = _read_part(pipe, json.loads(line), widths)
        except (ValueError, TypeError, KeyError) as error:
            raise ReadingStopped("the child wrote what no child of ours writes") from error
        if part is None:
            return True
        yield part
    return False


def _read_part(pipe: IO[bytes], event: dict[str, Any], widths: Sequence[int]) -> Facts | Made | None:
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


def _read_rendition(pipe: IO[bytes], event: dict[str, Any], widths: Sequence[int]) -> Made:
    wanted = int(event["bytes"])
    content = pipe.read(wanted) if 0 < wanted <= MOST_BYTES else b""
    if len(content) != wanted or event["label"] not in widths or MAGIC[event["format"]] not in content[4:12]:
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
