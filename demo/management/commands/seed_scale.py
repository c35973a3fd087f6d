"""Fill an empty PostgreSQL with invented listings, to measure search with."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from demo.scale.plant import plant_listings
from listings.models import Listing


class Command(BaseCommand):
    help = "Plant invented companies and live listings by the thousand; the catalogue must be empty, the database PostgreSQL."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--listings", type=int, default=100_000)
        parser.add_argument("--seed", type=int, default=1, help="another number gives other listings")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("This is a production site: nothing is planted here.")
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL takes rows by the hundred thousand: set DATABASE_URL to one.")
        if options["listings"] < 1:
            raise CommandError("Say how many listings: at least 1.")
        if Listing.objects.exists():
            raise CommandError("There are listings already. Invented ones go into an empty catalogue only.")
        start = time.monotonic()
        plant_listings(options["listings"], seed=options["seed"], tell=self._tell)
        self.stdout.write(
            f"{options['listings']} listings in {time.monotonic() - start:.0f} s. Now run: manage.py search rebuild"
        )

    def _tell(self, number: int) -> None:
        self.stdout.write(f"{number} listings")
        self.stdout.flush()
