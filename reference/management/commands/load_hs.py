"""`manage.py load_hs FILE`: the official texts of HS codes, as UN Comtrade hands them out in JSON or CSV."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from reference.adapters.hs_files import read_hs_file
from reference.selectors import HS_EDITION
from reference.services.hs_codes import load_hs_codes


class Command(BaseCommand):
    help = (
        "Load the official texts of HS codes. The helper then also finds by them, and says them beside our own words."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--edition", default=HS_EDITION, help="UN Comtrade's name, such as H6 for HS 2022 or H5 for HS 2017."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            texts = read_hs_file(options["file"].read_bytes())
        except (OSError, DomainError) as error:
            raise CommandError(str(error)) from error
        number = load_hs_codes(texts=texts, edition=options["edition"])
        self.stdout.write(f"{number} codes of edition {options['edition']}.")
