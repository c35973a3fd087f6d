"""Check that every file that the database names is there and whole."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from core.backup.fsck import delete_orphans, examine_store


class Command(BaseCommand):
    help = "Compare the store of files with the database. Ends with 1 when a file is lost or damaged."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--delete-orphans", action="store_true", help="delete files that nobody names, older than a day"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = examine_store()
        deleted = delete_orphans(report) if options["delete_orphans"] else 0
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(report), "deleted": deleted}, default=str, indent=1))
        else:
            self._speak(report, deleted)
        if not report.is_whole:
            sys.exit(1)

    def _speak(self, report: Any, deleted: int) -> None:
        for title, names in (("Lost", report.lost), ("Damaged", report.damaged)):
            for name in names:
                self.stderr.write(f"{title}: {name}")
        size = sum(orphan.byte_size for orphan in report.orphans)
        self.stdout.write(
            f"{report.checked} files checked, {len(report.lost)} lost, {len(report.damaged)} damaged. "
            f"{len(report.orphans)} files ({size} bytes) are named by nobody, {deleted} of them deleted."
        )
