"""Say in plain words what is wrong with this installation."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from core.doctor import examine


class Command(BaseCommand):
    help = "Say in plain words what is wrong with this installation. Ends with 1 when something is."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        findings = examine()
        for finding in findings:
            self.stdout.write(f"{'ok ' if finding.is_well else 'BAD'}  {finding.topic}: {finding.words}")
            if finding.advice:
                self.stdout.write(f"     {finding.advice}")
        ills = sum(not finding.is_well for finding in findings)
        self.stdout.write(f"\n{ills} to mend." if ills else "\nAll is well.")
        if ills:
            sys.exit(1)
