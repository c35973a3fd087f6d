"""Print who one can sign in as."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from demo.seed.people import PASSWORD, PERSONAS


class Command(BaseCommand):
    help = "Print the demo logins as a table of persona, e-mail and password."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            return
        width = max(len(persona.who) for persona in PERSONAS)
        self.stdout.write(f"  {'persona':{width}}  {'e-mail':22}  password")
        for persona in PERSONAS:
            self.stdout.write(f"  {persona.who:{width}}  {persona.email:22}  {PASSWORD}")
