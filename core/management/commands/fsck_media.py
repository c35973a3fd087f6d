"""Check that every file that a row names is there and unhurt."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.backup.media import MediaReport, Orphan, check_media, delete_orphans
from core.errors import DomainError


class Command(BaseCommand):
    help = "Check every stored file against its row, and list files that no row names. Ends with 1 on loss or damage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--quick", action="store_true", help="Sizes only; no file is read.")
        parser.add_argument("--delete-orphans", action="store_true", help="Only those older than a day.")

    def handle(self, *args: Any, **options: Any) -> None:
        report = check_media(only_sizes=options["quick"])
        if options["delete_orphans"]:
            try:
                delete_orphans(report)
            except DomainError as refusal:
                raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), indent=1, default=str))
        else:
            self._tell(report)
        if report.has_loss:
            sys.exit(1)

    def _tell(self, report: MediaReport) -> None:
        for name in report.missing:
            self.stdout.write(f"lost      {name}")
        for name in report.damaged:
            self.stdout.write(f"damaged   {name}")
        for orphan in report.orphans:
            word = "deleted " if orphan.name in report.deleted else "orphan  "
            self.stdout.write(f"{word}  {orphan.name}  {orphan.byte_size} bytes, {_age(orphan)} old")
        self.stdout.write(
            f"{report.checked} files named: {len(report.missing)} lost, {len(report.damaged)} damaged. "
            f"{len(report.orphans)} orphans, {len(report.deleted)} deleted."
        )


def _age(orphan: Orphan) -> str:
    hours = int((timezone.now() - orphan.changed_at).total_seconds() // 3600)
    return f"{hours // 24} days" if hours >= 48 else f"{hours} hours"
