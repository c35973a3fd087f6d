"""`manage.py credentials export DIR` writes an archive that verifies without this site; `rotate` makes a new signing key."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certifications.rules.credentials import group_fingerprint
from certifications.services.archive import export_archive
from certifications.services.credentials import rotate_key
from core.errors import DomainError


class Command(BaseCommand):
    help = "Export every standing credential with what is needed to verify it, or rotate the signing key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("rotate", help="A new key signs from now on; the old one can still be verified.")
        export = acts.add_parser("export", help="Write an archive into a new folder.")
        export.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "rotate":
            key = rotate_key()
            self.stdout.write(f"The new key signs from now on. Fingerprint: {group_fingerprint(key.key_id)}")
            return
        try:
            number = export_archive(folder=options["folder"])
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{number} credentials in {options['folder']}.")
