"""Check the audit's hash chain."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from core.audit import is_in_chain, seal_entries, verify_chain


class Command(BaseCommand):
    help = "audit verify: recompute every seal; audit seal: seal what is committed now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "seal"])
        parser.add_argument(
            "--head", default="", help="a head that was written down elsewhere: it must still be in the chain"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "seal":
            self.stdout.write(f"{seal_entries()} entries sealed.")
            return
        report = verify_chain()
        self.stdout.write(f"{report.sealed} entries sealed, {report.unsealed} not yet.")
        if report.broken_seal is not None:
            self.stderr.write(
                f"Seal {report.broken_seal} does not hold: an entry at or before it was changed or removed."
            )
            sys.exit(1)
        if options["head"] and not is_in_chain(digest=options["head"]):
            self.stderr.write(
                "That head is no longer in the chain: its end was cut off, or the chain was written anew."
            )
            sys.exit(1)
        self.stdout.write(f"The chain holds. Its head, to be kept elsewhere: {report.head}")
