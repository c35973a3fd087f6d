"""List every address of the site."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from core.routes import list_routes


class Command(BaseCommand):
    help = "List every address and API operation with its parameters and methods."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        routes = list_routes()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(route) for route in routes], indent=1))
            return
        for route in routes:
            self.stdout.write(f"{','.join(route.methods):<20} {route.path:<70} {route.name}")
