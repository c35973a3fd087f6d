"""Check the audit's hash chain."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.audit import AuditReport, Head, seal_entries, verify_chain


class Command(BaseCommand):
    help = "audit verify: recompute every seal; audit seal: seal what is committed now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "seal"])
        parser.add_argument(
            "--witness",
            metavar="NUMBER:DIGEST|FILE",
            help="A seal known from outside: from the log (audit_sealed), a backup's manifest.json or a saved digest. "
            "Only a witness shows that newest seals were cut off.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "seal":
            self.stdout.write(f"{seal_entries()} entries sealed.")
            return
        witness = _read_witness(options["witness"]) if options["witness"] else None
        report = verify_chain(witness=witness)
        self._tell(report, witness)
        if not report.holds:
            sys.exit(1)

    def _tell(self, report: AuditReport, witness: Head | None) -> None:
        self.stdout.write(f"{report.sealed} entries sealed, {report.unsealed} not yet.")
        if report.broken_seal is not None:
            self.stderr.write(
                f"Seal {report.broken_seal} does not hold: an entry at or before it was changed or removed."
            )
        if witness and report.contradicts_witness:
            self.stderr.write(
                f"Seal {witness.sequence}, known from outside, is gone or was exchanged: the chain was cut."
            )
        if report.holds:
            known = f" It contains seal {witness.sequence} of the witness." if witness else " No witness was given."
            self.stdout.write(f"The chain holds.{known}")
            self.stdout.write(f"Its head, to be kept elsewhere: {report.head.sequence}:{report.head.digest}")


def _read_witness(told: str) -> Head:
    number, _, digest = told.partition(":")
    if number.isdecimal() and digest:
        return Head(int(number), digest)
    try:
        return Head(**json.loads(Path(told).read_text())["audit"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CommandError(f"{told} is neither NUMBER:DIGEST nor a manifest or digest with an audit head.") from error
