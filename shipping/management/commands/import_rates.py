"""`manage.py import_rates FILE --officer EMAIL`: a rate card from XLSX or CSV becomes a draft."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from core.errors import DomainError
from shipping.rules.cardfile.table import Problem
from shipping.services.cards import import_card, publish_version


class Command(BaseCommand):
    help = "Read a rate card, the whole file or nothing. It prices loads when it is published, here by --publish or on the officers' page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--officer", required=True, help="The address of the officer who brings it in.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, write nothing.")
        parser.add_argument("--publish", action="store_true", help="Publish the draft at once.")

    def handle(self, *args: Any, **options: Any) -> None:
        officer = User.objects.filter(email__iexact=options["officer"]).first()
        if officer is None or not officer.is_officer:
            raise CommandError("There is no officer with this address.")
        try:
            content = options["file"].read_bytes()
            tried = import_card(user=officer, content=content, file_name=options["file"].name, dry_run=True)
        except (OSError, DomainError) as error:
            raise CommandError(str(error)) from error
        for problem in tried.plan.problems:
            self.stderr.write(_write_problem(problem))
        for warning in tried.plan.warnings:
            self.stderr.write(f"warning: {_write_problem(warning)}")
        if tried.plan.problems:
            raise CommandError(f"Faults: {len(tried.plan.problems)}; nothing was written.")
        counts = (
            f"{len(tried.plan.prices)} prices, {len(tried.plan.zones)} areas, {len(tried.plan.surcharges)} surcharges"
        )
        if options["dry_run"]:
            self.stdout.write(f"{counts} would be written.")
            return
        version = import_card(user=officer, content=content, file_name=options["file"].name).version
        if version and options["publish"]:
            publish_version(officer=officer, version_id=version.pk)
        self.stdout.write(f"{counts} written: {version}, {'published' if options['publish'] else 'a draft'}.")


def _write_problem(problem: Problem) -> str:
    words = problem.message % problem.values if problem.values else problem.message
    return f"sheet {problem.sheet}, row {problem.row}, column {problem.column}: {words}"
