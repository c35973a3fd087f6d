"""What every child does alike: take the pipes, give up all powers that it does not need, answer in lines."""

import ctypes
import json
import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from typing import Any

MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 30
PARENT_DEATH_SIGNAL = 1

Emit = Callable[..., None]


class Refused(Exception):
    """The file is no good; the code is a key of the FAILURES of its kind."""


def run_child(make: Callable[[bytes, dict[str, Any], Emit], None]) -> int:
    """Read the file, let `make` answer, and report in one line whatever went wrong."""
    emit = _take_stdout()
    wanted = json.loads(sys.argv[1])
    _limit_this_process()
    content = sys.stdin.buffer.read()
    try:
        make(content, wanted, emit)
    except Refused as refusal:
        emit(event="refused", code=str(refusal))
    except MemoryError:
        emit(event="refused", code="too_heavy")
    except Exception as error:  # noqa: BLE001  hostile bytes may break a decoder in any way; the child's edge reports it
        emit(event="refused", code="broken", detail=f"{type(error).__name__}: {error}"[:300])
    return 0


def _take_stdout() -> Emit:
    """Keep the pipe for ourselves: whatever a library prints must not mix with our lines."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def emit(payload: bytes = b"", **line: str | int) -> None:
        pipe.write(json.dumps({**line, "bytes": len(payload)}).encode() + b"\n" + payload)
        pipe.flush()

    return emit


def _limit_this_process() -> None:
    """Cap memory, CPU, files; and die with the worker, so that a killed worker leaves nobody behind."""
    for what, soft, hard in _limits():
        resource.setrlimit(what, (soft, hard))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
    warnings.simplefilter("ignore")


def _limits() -> Iterator[tuple[int, int, int]]:
    yield resource.RLIMIT_AS, MEMORY_BYTES, MEMORY_BYTES
    yield resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1
    yield resource.RLIMIT_FSIZE, 0, 0
    yield resource.RLIMIT_CORE, 0, 0
