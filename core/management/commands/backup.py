"""Write a backup of everything into a new folder."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.backup.write import write_backup
from core.errors import DomainError


class Command(BaseCommand):
    help = "Write a backup of database and files into a new folder, while the site goes on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        os.umask(0o077)  # it holds everybody's data
        try:
            manifest = write_backup(options["folder"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The backup was not written: {error}") from error
        rows = sum(digest.rows for digest in manifest.tables.values())
        self.stdout.write(
            f"{rows} rows of {len(manifest.tables)} tables and {manifest.files} files are in {options['folder']}."
        )
        for name in manifest.missing:
            self.stderr.write(f"Missing or damaged in the store: {name}")
