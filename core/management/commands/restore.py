"""Take a backup back into an empty database."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.backup.restore import Restored, restore_backup
from core.errors import DomainError


class Command(BaseCommand):
    help = "Take a backup back into an empty, migrated database of this very version. Stop the site first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--destroy-what-is-there",
            action="store_true",
            help="Throw away, for good, every row that the database holds now.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        destroy = options["destroy_what_is_there"]
        try:
            restored = restore_backup(options["folder"], destroy_what_is_there=destroy, say=self.stdout.write)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"Not restored; the rows are as they were before: {error}") from error
        self._tell(restored)
        if restored.missing or restored.damaged or restored.not_rebuilt:
            sys.exit(1)

    def _tell(self, restored: Restored) -> None:
        for name in restored.missing:
            self.stderr.write(f"Lost before the backup was made: {name}")
        for name in restored.damaged:
            self.stderr.write(f"Damaged before the backup was made: {name}")
        for what in restored.not_rebuilt:
            self.stderr.write(f"Not made again, see the log: {what}. For the search: python manage.py search rebuild")
        self.stdout.write(f"{restored.waiting_jobs} jobs wait; mails among them leave once a worker starts.")
        self.stdout.write(f"Restored. Digest {restored.manifest.total}, equal to the backup's.")
