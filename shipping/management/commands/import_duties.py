"""`manage.py import_duties FILE --format csv|ukgt|hts|taric --officer EMAIL`: duty and tax rules from a table or an official tariff."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from shipping.choices import RuleForm
from shipping.selectors.rule_plans import OFFICIAL, RulePlan, plan_table, plan_tariff, plan_vat
from shipping.services.duties import write_rules

MOST_CHANGES = 20
MOST_FAULTS = 200
PUBLISHERS = {
    RuleForm.UKGT: "https://data.api.trade.gov.uk/v1/datasets/uk-tariff-2021-01-01", RuleForm.HTS: "https://hts.usitc.gov/",
    RuleForm.TARIC: "https://circabc.europa.eu/ui/group/0e5f18c2-4b2f-42e9-aed4-dfe50ae1263b",
}  # fmt: skip


class Command(BaseCommand):
    help = "Bring in duty and tax rules, the whole file or nothing. They count once an officer lets them in. `vat` takes the installed European VAT rates and no file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="The table or tariff; left out for vat.")
        parser.add_argument("--format", required=True, choices=["csv", *sorted(OFFICIAL), "vat"])
        parser.add_argument("--officer", help="The address of the officer who brings them in; not needed to try.")
        parser.add_argument("--origin", action="append", default=[], help="Keep preferences of this country alone (and of groups); may be repeated.")  # fmt: skip
        parser.add_argument("--source", default="", help="The page or edition; the publisher's page otherwise.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        form, file = options["format"], options["file"]
        if (file is None) != (form == RuleForm.VAT):
            raise CommandError("Name the file." if file is None else "The VAT rates are installed: name no file.")
        officer = self._find_officer(options["officer"], is_needed=not options["dry_run"])
        try:
            plan = self._plan(form, file, options)
            self._say(plan)
            if plan.problems:
                raise CommandError(f"{len(plan.problems)} cells are wrong; nothing was written.")
            if officer is None or options["dry_run"]:
                self.stdout.write("Nothing was written.")
                return
            written = write_rules(officer=officer, plan=plan, file_name=file.name if file else "eu-vat-rates-data", content=file or b"")  # fmt: skip
        except (OSError, DomainError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Set {written.pk} waits for an officer.")

    def _find_officer(self, email: str | None, *, is_needed: bool) -> User | None:
        officer: User | None = User.objects.filter(email__iexact=email or "").first()
        if is_needed and (officer is None or not officer.is_officer):
            raise CommandError("There is no officer with this address.")
        return officer

    def _plan(self, form: str, file: Path, options: dict[str, Any]) -> RulePlan:
        if form == RuleForm.VAT:
            return plan_vat()
        if form == RuleForm.TABLE:
            return plan_table(content=file.read_bytes())
        origins = frozenset(code.upper() for code in options["origin"])
        source = options["source"] or f"{PUBLISHERS[RuleForm(form)]} {file.name}"
        return plan_tariff(path=file, form=form, source=source[:400], read_on=timezone.localdate(), origins=origins)

    def _say(self, plan: RulePlan) -> None:
        for problem in plan.problems[:MOST_FAULTS]:
            self.stderr.write(f"row {problem.row}, column {problem.column}: {problem.message % problem.values}")
        difference = plan.difference
        self.stdout.write(
            f"{len(plan.rules)} rules: {difference.added} new, {difference.changed} changed, {difference.same} as they were, {difference.gone} gone."
        )
        reasons = ", ".join(f"{why} {number}" for why, number in sorted(plan.unknown.items()))
        self.stdout.write(f"{plan.unknown_count} duties are not known" + (f": {reasons}." if reasons else "."))
        for why, number in sorted(plan.left_out.items()):
            self.stdout.write(f"left out, {why}: {number}")
        for change in difference.changes[:MOST_CHANGES]:
            before, after = ("; ".join(says) if says else "nothing" for says in (change.before, change.after))
            self.stdout.write(f"{change.act} {change.subject}: {before} -> {after}")
        if len(difference.changes) > MOST_CHANGES:
            self.stdout.write(f"and {len(difference.changes) - MOST_CHANGES} more.")
