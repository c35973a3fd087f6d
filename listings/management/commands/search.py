"""What an administrator does to the search index by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from listings.search.indexer import rebuild


class Command(BaseCommand):
    help = "Build the search index of this machine again from the database and swap it in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rebuild"])

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Products in the index: {rebuild()}")
