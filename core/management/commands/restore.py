"""Put a backup back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.backup.read import restore_backup
from core.errors import DomainError


class Command(BaseCommand):
    help = "Restore a backup into an empty database (run migrate first), with its files; the index is built again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--destroy-everything-first", action="store_true", help="delete what the database holds now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore_backup(options["folder"], destroy_first=options["destroy_everything_first"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored what was backed up at {manifest.made_at}; the digests are equal.")
