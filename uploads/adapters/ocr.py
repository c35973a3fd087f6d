"""Words of a picture, read by Debian's tesseract where it is installed. It is handed pixels that a child of ours has drawn."""

import shutil
import subprocess
import time
from collections.abc import Sequence
from functools import lru_cache

import structlog

from uploads.rules.text import clean_text

logger = structlog.get_logger(__name__)

LANGUAGES = ("eng", "fra", "spa", "deu", "por", "ara", "chi_sim")
SECONDS = 20
MEMORY_BYTES = 1_000_000_000
ENVIRONMENT = {"LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"}


def can_read() -> bool:
    """Whether tesseract is installed, and the limiter that holds it."""
    return bool(shutil.which("tesseract") and shutil.which("prlimit"))


def read_words(pictures: Sequence[bytes]) -> str:
    """The words of some pictures in order, within 20 seconds; those that were read where time runs out. Never raises."""
    if not can_read():
        return ""
    parts: list[str] = []
    deadline = time.monotonic() + SECONDS
    for content in pictures:
        try:
            parts.append(_read(content, seconds=max(1.0, deadline - time.monotonic())))
        except (OSError, subprocess.SubprocessError) as error:
            logger.info("words_not_read", reason=type(error).__name__)
            break
    return clean_text("\n".join(parts))


def _read(content: bytes, *, seconds: float) -> str:
    done = subprocess.run(  # noqa: S603  a fixed program with fixed arguments
        [*_limits(), "tesseract", "stdin", "stdout", "-l", "+".join(_list_languages()), "--psm", "3"],
        input=content, capture_output=True, timeout=seconds, check=True, env=ENVIRONMENT,
    )  # fmt: skip
    return done.stdout.decode(errors="replace")


def _limits() -> list[str]:
    return ["prlimit", f"--as={MEMORY_BYTES}", f"--cpu={SECONDS}", "--fsize=0", "--core=0"]


@lru_cache(maxsize=1)
def _list_languages() -> list[str]:
    listed = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, timeout=SECONDS, check=True, env=ENVIRONMENT  # noqa: S607
    ).stdout.decode()  # fmt: skip
    installed = set(listed.split())
    return [language for language in LANGUAGES if language in installed] or ["eng"]
