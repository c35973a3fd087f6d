"""A small house with awkward values in it, files included, for the drills of backup and restore."""

import shutil
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from core import jobs
from core.audit import record, seal_entries
from core.models import OutboxMail, WorkerBeat
from listings.models import PriceBreak
from tests.listings.factories import make_live_listing
from tests.uploads.pictures import draw, save
from uploads.models import Rendition, Upload
from uploads.services import receive_upload

AWKWARD_TEXT = 'Äsi "Mënsah"\\ \u202e عسل\u00a0\n\t’ 🍯 \u2028 %s {}'
AWKWARD_JSON = {"z": [1.0, -0.0, 0.1, 1e22, 1e-7, 2**53 + 1, None, True], "a": {"": AWKWARD_TEXT, "é": {}}, "n": []}


def furnish() -> User:
    """Rows with microseconds, decimals, JSON and odd letters; one finished picture, one that still waits."""
    person = User.objects.create_user("ama@example.org", "secret", full_name=AWKWARD_TEXT[:80])
    person.date_joined = datetime(1999, 12, 31, 23, 59, 59, 1, tzinfo=UTC)
    person.save()
    _add_rights(person)
    record("accounts.changed", subject=person, actor=person, fields=["email"], values=AWKWARD_JSON)
    seal_entries()
    record("accounts.changed", subject=person, actor=None, fields=["full_name"], values={"nothing": None})
    OutboxMail.objects.create(
        message_id="<1@lateen>", sender="a@b.c", recipient="d@e.f", subject=AWKWARD_TEXT[:50], text=AWKWARD_TEXT
    )
    make_live_listing()
    PriceBreak.objects.update(unit_price=Decimal("9999999999.9999"))
    Rendition.objects.all().delete()  # the factory's rows have no files
    _send_pictures(person)
    return person


def _add_rights(person: User) -> None:
    group = Group.objects.create(name="Officers")
    group.permissions.add(*Permission.objects.order_by("-pk")[:3])
    person.groups.add(group)
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(user=person, content_type=kind, object_id=str(person.pk), action_flag=CHANGE)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "ABC"})


def _send_pictures(person: User) -> None:
    for name in ("ready.jpg", "waits.jpg"):
        file = SimpleUploadedFile(name, save(draw(400, 300 if name == "ready.jpg" else 200)))
        receive_upload(file=file, profile="listing_picture", user=person)
        if name == "ready.jpg":
            jobs.run_due_jobs()


def wipe() -> None:
    """As if the machine had burnt: no rows but what migrations plant, no files, no index."""
    call_command("flush", interactive=False, verbosity=0)
    for folder in (settings.MEDIA_ROOT, settings.SEARCH_INDEX_DIR):
        shutil.rmtree(folder, ignore_errors=True)


def list_files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def note_worker(*, seconds_ago: int) -> None:
    WorkerBeat.objects.create(name="worker@night", seen_at=timezone.now() - timedelta(seconds=seconds_ago))


def waiting_upload() -> Upload:
    return Upload.objects.get(name="waits.jpg")
