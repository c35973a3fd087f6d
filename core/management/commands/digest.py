"""A stable hash per table: equal data, equal digest, on any engine."""

import hashlib
import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from core.backup.rows import digest_tables, one_snapshot
from core.models import AuditSeal


class Command(BaseCommand):
    help = "Print a hash per table that order of rows and engine do not change."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        with one_snapshot():
            tables = {name: asdict(digest) for name, digest in digest_tables().items()}
            head = AuditSeal.objects.order_by("-sequence").values_list("digest", flat=True).first() or ""
        total = hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()
        if options["json"]:
            self.stdout.write(
                json.dumps({"tables": tables, "total": total, "audit_head": head}, indent=1, sort_keys=True)
            )
            return
        for name, digest in tables.items():
            self.stdout.write(f"{digest['sha256'][:16]}  {digest['rows']:>8}  {name}")
        self.stdout.write(f"{total[:16]}  total")
