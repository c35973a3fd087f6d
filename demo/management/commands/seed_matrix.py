"""Plant the people and private objects that the authorisation matrix walks with."""

import json
import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from demo.seed.matrix import plant_matrix


class Command(BaseCommand):
    help = "Plant two companies, a suspended one, buyers and officers with private objects, each with a canary in its texts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("This is a production site: nothing is planted here.")
        password = secrets.token_urlsafe(16)
        with transaction.atomic():
            planted = plant_matrix(password=password)
        if options["json"]:
            self.stdout.write(json.dumps({**planted.as_dict(), "password": password}, indent=1))
            return
        self.stdout.write(f"{len(planted.actors)} people, {len(planted.canaries)} canaries. Their password: {password}")
