"""One moment of the database for everything that is read inside, while the site goes on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """A read transaction that sees no later commit and stops nobody; not inside another transaction."""
    if connection.in_atomic_block:
        raise RuntimeError("A moment of its own cannot begin inside a transaction.")
    with _postgresql() if connection.vendor == "postgresql" else _sqlite():
        yield


@contextmanager
def _postgresql() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT 1")
        yield


@contextmanager
def _sqlite() -> Iterator[None]:
    """By hand: Django's own transactions begin IMMEDIATE here, which would stop every writer until the end."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT count(*) FROM sqlite_master")
            yield
        finally:
            cursor.execute("ROLLBACK")
