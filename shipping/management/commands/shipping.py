"""`manage.py shipping examples FILE`: worked examples of other people held against our rules."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from reference.rules import Rates
from reference.selectors import get_rates
from shipping.adapters.examples import judge_examples, read_examples
from shipping.adapters.published_rates import find_published_rates


class Command(BaseCommand):
    help = "Hold worked examples of freight, duty and currency against the rules; prints pass or fail for each, ends with 1 if one fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        examples = acts.add_parser("examples", help="Work out the examples of a JSON file.")
        examples.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            verdicts = judge_examples(read_examples(options["file"].read_bytes()), rates_on=_find_rates)
        except (OSError, DomainError) as error:
            raise CommandError(str(error)) from error
        for verdict in verdicts:
            self.stdout.write(
                f"pass {verdict.id}" if verdict.holds else f"fail {verdict.id}: {'; '.join(verdict.differences)}"
            )
        passed = sum(verdict.holds for verdict in verdicts)
        self.stdout.write(f"{passed} passed, {len(verdicts) - passed} failed")
        if passed < len(verdicts):
            sys.exit(1)


def _find_rates(day: date) -> Rates:
    """The shipped ones come first, so that the same example comes out the same everywhere."""
    return find_published_rates(day) or get_rates(day=day)
