"""Hash every table, the same on every engine."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from core.backup.digest import digest_database
from core.backup.snapshot import one_moment


class Command(BaseCommand):
    help = "Hash every table, so that two databases can be compared whatever engine they run on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="One JSON object with all hashes.")

    def handle(self, *args: Any, **options: Any) -> None:
        with one_moment():
            digest = digest_database()
        if options["json"]:
            self.stdout.write(json.dumps(digest.as_json(), indent=1, sort_keys=True))
            return
        for name, table in digest.tables.items():
            self.stdout.write(f"{table.sha256[:16]}  {table.rows:>9}  {name}")
        self.stdout.write(f"Audit: {digest.audit.sequence}:{digest.audit.digest}")
        self.stdout.write(f"Total: {digest.total}")
