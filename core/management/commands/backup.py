"""Save database and files of the running site into a new folder."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.backup.write import make_backup
from core.errors import DomainError


class Command(BaseCommand):
    help = "Save database and files into a new folder, while the site runs. Ends with 1 when a file was lost before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="A folder that is new or empty.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make_backup(options["folder"], say=self.stdout.write)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"No backup was made, and nothing is left of it: {error}") from error
        for name in made.missing:
            self.stderr.write(f"Lost before this backup: {name}")
        for name in made.damaged:
            self.stderr.write(f"Damaged before this backup, saved as it is: {name}")
        self.stdout.write(f"Whole: {options['folder']}. Digest {made.manifest.total}")
        if made.missing or made.damaged:
            sys.exit(1)
