"""`manage.py import_companies FILE --officer EMAIL`: an agency's members from XLSX or CSV."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from core.errors import DomainError
from storefronts.adapters.member_files import read_member_file
from storefronts.selectors.members_import import plan_members
from storefronts.services.members import import_members


class Command(BaseCommand):
    help = "Enter the firms of a list. Nothing is public until each firm has taken its entry over and an officer has checked it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--officer", required=True, help="The address of the officer who enters them.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        officer = User.objects.filter(email__iexact=options["officer"]).first()
        if officer is None or not officer.is_officer:
            raise CommandError("There is no officer with this address.")
        try:
            rows = read_member_file(options["file"].read_bytes())
        except (OSError, DomainError) as error:
            raise CommandError(str(error)) from error
        plan = plan_members(rows=rows)
        for row in plan.rows:
            for column, words in row.problems:
                self.stderr.write(f"row {row.number}, {column}: {words}")
        if plan.faulty:
            raise CommandError(f"{plan.faulty} rows are wrong; nothing was written.")
        if not options["dry_run"]:
            plan = import_members(officer=officer, rows=rows)
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(f"{plan.added} {would}entered, {plan.same} known already.")
