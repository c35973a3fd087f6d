"""`manage.py fx import FILE`: exchange rates of the European Central Bank (XML or CSV) or of another central bank (CSV)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.errors import DomainError
from reference.adapters.rate_files import read_rate_file
from reference.services.rates import import_rates


class Command(BaseCommand):
    help = "Import exchange rates. The whole file or nothing; the search converts prices at the newest rates of the last 14 days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        bring_in = acts.add_parser("import", help="Read a file.")
        bring_in.add_argument("file", type=Path)
        bring_in.add_argument("--source", default="", help="Who published it; the file's name otherwise.")
        bring_in.add_argument("--dry-run", action="store_true", help="Say what would happen, write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            rates = read_rate_file(file.read_bytes(), today=timezone.localdate())
            done = import_rates(rates=rates, source=options["source"] or file.name, dry_run=options["dry_run"])
        except (OSError, DomainError) as error:
            raise CommandError(str(error)) from error
        would = "would be " if options["dry_run"] else ""
        days = sorted({rate.day for rate in rates})
        self.stdout.write(
            f"{days[0]} to {days[-1]}: {done.added} {would}new, {done.changed} {would}changed, {done.same} as they were."
        )
