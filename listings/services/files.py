"""Several files sent at once: each is taken or refused by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.files.base import File

from core.errors import DomainError


@dataclass(frozen=True)
class RefusedFile:
    """A file that was not taken, and why."""

    name: str
    error: DomainError


def take_each(*, files: Sequence[File[bytes]], take: Callable[[File[bytes]], object]) -> tuple[RefusedFile, ...]:
    """Hand each file to `take`; those that it refuses leave the good ones standing, and are told beside their names."""
    refused: list[RefusedFile] = []
    for file in files:
        try:
            take(file)
        except DomainError as error:  # shown beside this file's name; the others go on
            refused.append(RefusedFile(str(file.name), error))
    return tuple(refused)
