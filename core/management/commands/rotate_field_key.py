"""`manage.py rotate_field_key`: a new key for texts that lie encrypted in the database, and all of them encrypted anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.secrets import SecretUnreadable, list_rotations, make_field_key


class Command(BaseCommand):
    help = "Make a new key for encrypted fields and encrypt every row anew. Old keys stay: backups of before need them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        path = make_field_key()
        self.stdout.write(
            f"The new key is {path}. Copy it to every web and worker machine, and to where you keep keys."
        )
        for name, rotate in list_rotations().items():
            try:
                self.stdout.write(f"{name}: {rotate()} encrypted anew.")
            except SecretUnreadable as error:
                raise CommandError(
                    f"{name}: a row cannot be read: the key that sealed it is not in the folder."
                ) from error
