"""Files that come in pieces over a weak line: begun, continued where they stopped, taken as a whole once, forgotten."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import NotAllowed, NotFound
from core.jobs import Run
from uploads.adapters.store import drop_original, keep_original, read_original
from uploads.choices import UploadState
from uploads.exceptions import ArrivalGone, NotInPieces, NotWhole, TooManyArrivals, WrongOffset
from uploads.models import Arrival, Piece, Upload
from uploads.registry import find_profile_in_pieces
from uploads.rules.kinds import check_size, clean_name
from uploads.rules.pieces import MOST_OPEN_ARRIVALS, MOST_OPEN_BYTES, Announced, check_piece
from uploads.selectors import get_arrival
from uploads.services.files import receive_upload

FORGET_JOB = "uploads.forget_arrivals"
KEEP_OPEN_FOR = timedelta(days=1)
KEEP_TAKEN_FOR = timedelta(days=14)
"""So long a browser that never heard the last answer learns that the file was taken; it keeps its own copy for a week."""


def begin_arrival(*, user: User, announced: Announced) -> Arrival:
    """Announce a file, or find what has arrived of it: the same key is the same file, after a reload too.

    Whom the profile lets send may; for which record is checked when it is taken. A taken one is answered as taken, unless it failed
    to become a picture: then it begins anew. Raises NotInPieces, NotAllowed, an UploadRefused for its size, TooManyArrivals.
    """
    rules = find_profile_in_pieces(announced.profile)
    if rules is None:
        raise NotInPieces
    if rules.may_send is None or not rules.may_send(user):
        raise NotAllowed
    name = clean_name(announced.name)
    check_size(name=name, byte_size=announced.byte_size, max_bytes=rules.max_bytes, kinds=rules.kinds)
    with transaction.atomic():
        # Of two tabs, one begins and the other finds it. No key lock: whoever takes an arrival refers to the person in the upload.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        found = Arrival.objects.of(user).filter(key=announced.key).select_related("upload").first()
        if found and _stands_for(found, announced):
            return found
        if found:
            _drop(found)
        _require_room(user, announced.byte_size)
        return Arrival.objects.create(
            profile=rules.name,
            sender=user,
            key=announced.key,
            name=name,
            byte_size=announced.byte_size,
            expires_at=timezone.now() + KEEP_OPEN_FOR,
        )


def add_piece(*, user: User, arrival_id: UUID, offset: int, content: bytes) -> Arrival:
    """Keep the next bytes of one's own file; the arrival says how many are here. A piece that comes twice is kept once.

    Raises NotFound for a stranger, WrongOffset (409) with the place where the next piece begins, WrongSizeOfPiece (422).
    """
    sha256 = hashlib.sha256(content).hexdigest()
    arrival = get_arrival(user=user, arrival_id=arrival_id)
    if _is_here(arrival, offset, len(content), sha256):
        return arrival
    check_piece(offset=offset, size=len(content), received=arrival.received, total=arrival.byte_size)
    quarantine = keep_original(content)  # before the lock: an object store may take its time
    try:
        with transaction.atomic():
            arrival = _lock(user, arrival_id)
            if arrival.received != offset:
                raise WrongOffset(offset=arrival.received)
            Piece.objects.create(
                arrival=arrival, offset=offset, byte_size=len(content), sha256=sha256, quarantine=quarantine
            )
            arrival.received += len(content)
            arrival.expires_at = timezone.now() + KEEP_OPEN_FOR
            arrival.save(update_fields=["received", "expires_at"])
    except Exception:
        drop_original(quarantine)
        raise
    return arrival


@transaction.atomic
def take_arrival(*, user: User, arrival_id: UUID, profile: str) -> Upload:
    """Make one upload of a whole arrival, with all checks of `receive_upload`; asked again, the same upload is the answer.

    Called within the transaction in which an app gives the upload its place, so that both are done or neither: if the process dies,
    the pieces are still here. Raises ArrivalGone (410) for what is not this person's or not kept, NotWhole, an UploadRefused.
    """
    try:
        arrival = _lock(user, arrival_id)
    except NotFound as error:
        raise ArrivalGone from error
    if arrival.profile != profile:
        raise ArrivalGone
    if arrival.upload:
        return arrival.upload
    if not arrival.is_whole:
        raise NotWhole
    pieces = list(arrival.pieces.all())
    try:
        content = b"".join(read_original(piece.quarantine) for piece in pieces)
    except FileNotFoundError as error:  # the store lost a piece: the browser begins anew
        raise ArrivalGone from error
    upload = receive_upload(file=ContentFile(content, name=arrival.name), profile=profile, user=user)
    _drop_pieces(arrival)
    arrival.upload, arrival.expires_at = upload, timezone.now() + KEEP_TAKEN_FOR
    arrival.save(update_fields=["upload", "expires_at"])
    return upload


@transaction.atomic
def drop_arrival(*, user: User, arrival_id: UUID) -> None:
    """Forget one's own file before it was taken, with its pieces; a taken one stays as it is. Raises NotFound for a stranger."""
    arrival = _lock(user, arrival_id)
    if arrival.upload is None:
        _drop(arrival)


def forget_arrivals(*, run: Run, now: datetime) -> int:
    """Drop what nobody continued for a day, and the memory of what was taken long ago; the number. Called each night."""
    forgotten = 0
    for arrival_id in Arrival.objects.expired(now).values_list("pk", flat=True):
        with run.effect():
            arrival = Arrival.objects.select_for_update().expired(now).filter(pk=arrival_id).first()
            if arrival:  # else continued a moment ago
                _drop(arrival)
                forgotten += 1
    return forgotten


def _lock(user: User, arrival_id: UUID) -> Arrival:
    arrival = Arrival.objects.of(user).select_for_update().filter(pk=arrival_id).first()
    if arrival is None:
        raise NotFound
    return arrival


def _require_room(user: User, byte_size: int) -> None:
    """Raise TooManyArrivals where one more, or one so large, is too much for a person."""
    arrivals = Arrival.objects.of(user).open()
    number = arrivals.count()
    if number >= MOST_OPEN_ARRIVALS or arrivals.count_bytes() + byte_size > MOST_OPEN_BYTES:
        raise TooManyArrivals(most=number)


def _stands_for(found: Arrival, announced: Announced) -> bool:
    if (found.byte_size, found.profile) != (announced.byte_size, announced.profile):
        return False
    return found.expires_at > timezone.now() and (found.upload is None or found.upload.state != UploadState.FAILED)


def _is_here(arrival: Arrival, offset: int, size: int, sha256: str) -> bool:
    """The answer to this piece was lost, so it comes again; the same place with other bytes is another file."""
    return arrival.pieces.filter(offset=offset, byte_size=size, sha256=sha256).exists()


def _drop(arrival: Arrival) -> None:
    _drop_pieces(arrival)
    arrival.delete()


def _drop_pieces(arrival: Arrival) -> None:
    """The rows now, the bytes once that is committed."""
    names = list(arrival.pieces.values_list("quarantine", flat=True))
    arrival.pieces.all().delete()
    transaction.on_commit(lambda: _drop_bytes(names))


def _drop_bytes(names: list[str]) -> None:
    for name in names:
        drop_original(name)
