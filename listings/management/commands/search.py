"""What an administrator does to the search index by hand."""

import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from listings.models import Listing
from listings.search.index import CatalogueNotReady
from listings.search.indexer import rebuild
from listings.search.verify import verify

SHOWN = 20
SECONDS_BETWEEN_WORDS = 2


class Command(BaseCommand):
    help = "Build the search index of this machine again and swap it in, or compare it with the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rebuild", "verify"])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "rebuild":
            self.stdout.write(
                f"Products in the index: {rebuild(tell=self._make_teller(Listing.objects.live().count()))}"
            )
            return
        try:
            found = verify()
        except CatalogueNotReady as reason:
            raise CommandError(f"{reason}; the indexer builds it.") from reason
        self.stdout.write(
            f"Products in the index: {found.indexed}. Changes that the indexer has not read: {found.unread}."
        )
        if not found.is_clean:
            raise CommandError(
                "The index differs from the database. "
                + "; ".join(
                    f"{what}: {len(ids)} ({', '.join(map(str, ids[:SHOWN]))}{' …' if len(ids) > SHOWN else ''})"
                    for what, ids in (
                        ("missing", found.missing),
                        ("no longer live", found.gone),
                        ("twice", found.doubled),
                    )
                    if ids
                )
            )
        self.stdout.write("It equals the database.")

    def _make_teller(self, total: int) -> Callable[[int], None]:
        last = 0.0

        def tell(number: int) -> None:
            nonlocal last
            if time.monotonic() - last >= SECONDS_BETWEEN_WORDS:
                last = time.monotonic()
                self.stdout.write(f"{number} of {total}")
                self.stdout.flush()

        return tell
