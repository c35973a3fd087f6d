"""Files that come in pieces: continued where they stopped, taken once, refused like any other file, forgotten after a day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from core.errors import NotAllowed, NotFound
from core.jobs import plan_night, run_due_jobs
from core.models import Job
from tests.moderation.test_races import run_together
from tests.uploads.pictures import draw, save
from uploads import selectors, services
from uploads.adapters.store import read_original
from uploads.exceptions import (
    ArrivalGone,
    EmptyFile,
    NoPicture,
    NotInPieces,
    NotWhole,
    TooManyArrivals,
    TooManyBytes,
    UnreadableRequest,
    WrongOffset,
    WrongSizeOfPiece,
)
from uploads.models import Arrival, Piece, Upload
from uploads.registry import Profile, register_profile
from uploads.rules.pieces import Announced, read_announcement, read_offset
from uploads.services import add_piece, begin_arrival, drop_arrival, take_arrival

pytestmark = pytest.mark.django_db

PROFILE = "test_pieces"
PICTURE = save(draw(3200, 2400), quality=95)
PIECE = 16 * 1024


@pytest.fixture(autouse=True)
def in_pieces(profile) -> None:
    register_profile(Profile(PROFILE, in_pieces=True, may_send=lambda user: True, max_bytes=1_000_000))


def announce(key: str = "listing-1", *, size: int = len(PICTURE), name: str = "cocoa.jpg") -> Announced:
    return Announced(PROFILE, key, name, size)


def send(user, content: bytes = PICTURE, *, key: str = "listing-1", until: int | None = None) -> Arrival:
    """All pieces, or those before `until`."""
    arrival = begin_arrival(user=user, announced=announce(key, size=len(content)))
    for offset in range(arrival.received, len(content) if until is None else until, PIECE):
        arrival = add_piece(user=user, arrival_id=arrival.pk, offset=offset, content=content[offset : offset + PIECE])
    return arrival


def take(user, arrival: Arrival) -> Upload:
    return take_arrival(user=user, arrival_id=arrival.pk, profile=PROFILE)


def stored() -> list[str]:
    return default_storage.listdir("quarantine")[1] if default_storage.exists("quarantine") else []


def test_a_picture_in_pieces_becomes_the_picture_that_was_sent(sender, django_capture_on_commit_callbacks):
    assert len(PICTURE) > 3 * PIECE
    with django_capture_on_commit_callbacks(execute=True):
        upload = take(sender, send(sender))
    assert (upload.name, upload.byte_size, upload.uploaded_by, upload.state) == (
        "cocoa.jpg", len(PICTURE), sender, "sent",
    )  # fmt: skip
    assert read_original(upload.quarantine) == PICTURE
    assert stored() == [upload.quarantine.removeprefix("quarantine/")]
    run_due_jobs()
    upload.refresh_from_db()
    assert (upload.state, upload.width) == ("ready", 3200)


def test_an_object_store_keeps_pieces_too(sender, settings):
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.core.object_store.ObjectStore"}}
    upload = take(sender, send(sender))
    assert read_original(upload.quarantine) == PICTURE


def test_the_same_file_begun_again_goes_on_where_it_stopped(sender):
    first = send(sender, until=2 * PIECE)
    again = begin_arrival(user=sender, announced=announce())
    assert (again.pk, again.received, Arrival.objects.count()) == (first.pk, 2 * PIECE, 1)


def test_another_size_under_the_same_key_is_another_file(sender):
    first = send(sender, until=2 * PIECE)
    other = begin_arrival(user=sender, announced=announce(size=len(PICTURE) + 1))
    assert (other.pk != first.pk, other.received, Piece.objects.count()) == (True, 0, 0)


def test_two_people_with_the_same_key_send_two_files(sender, stranger):
    assert send(sender, until=PIECE).pk != send(stranger, until=PIECE).pk


def test_a_piece_that_comes_twice_is_kept_once(sender):
    arrival = send(sender, until=2 * PIECE)
    again = add_piece(user=sender, arrival_id=arrival.pk, offset=PIECE, content=PICTURE[PIECE : 2 * PIECE])
    assert (again.received, Piece.objects.count(), len(stored())) == (2 * PIECE, 2, 2)


@pytest.mark.parametrize("offset", [0, PIECE, 3 * PIECE, 7 * PIECE])
def test_a_piece_in_the_wrong_place_is_told_the_right_one(sender, offset):
    arrival = send(sender, until=2 * PIECE)
    with pytest.raises(WrongOffset) as refusal:
        add_piece(user=sender, arrival_id=arrival.pk, offset=offset, content=b"x" * PIECE)
    assert refusal.value.offset == 2 * PIECE
    arrival.refresh_from_db()
    assert (arrival.received, Piece.objects.count(), len(stored())) == (2 * PIECE, 2, 2)


@pytest.mark.parametrize("size", [0, PIECE - 1, 256 * 1024 + 1])
def test_a_piece_of_a_wrong_size_is_refused(sender, size):
    arrival = begin_arrival(user=sender, announced=announce(size=900_000))
    with pytest.raises(WrongSizeOfPiece):
        add_piece(user=sender, arrival_id=arrival.pk, offset=0, content=b"x" * size)
    assert (Piece.objects.count(), stored()) == (0, [])


def test_more_bytes_than_announced_are_refused(sender):
    arrival = begin_arrival(user=sender, announced=announce(size=PIECE))
    with pytest.raises(WrongSizeOfPiece):
        add_piece(user=sender, arrival_id=arrival.pk, offset=0, content=b"x" * (PIECE + 1))
    assert Piece.objects.count() == 0


def test_a_stranger_cannot_see_send_take_or_drop_it(sender, stranger):
    arrival = send(sender, until=PIECE)
    with pytest.raises(NotFound):
        selectors.get_arrival(user=stranger, arrival_id=arrival.pk)
    with pytest.raises(NotFound):
        add_piece(user=stranger, arrival_id=arrival.pk, offset=PIECE, content=b"x" * PIECE)
    with pytest.raises(NotFound):
        drop_arrival(user=stranger, arrival_id=arrival.pk)
    with pytest.raises(ArrivalGone):
        take(stranger, arrival)
    arrival.refresh_from_db()
    assert (arrival.received, Upload.objects.count()) == (PIECE, 0)


def test_what_is_not_whole_is_not_taken(sender):
    arrival = send(sender, until=PIECE)
    with pytest.raises(NotWhole):
        take(sender, arrival)
    assert (Upload.objects.count(), Piece.objects.count()) == (0, 1)


def test_what_came_for_one_place_is_not_taken_for_another(sender):
    register_profile(Profile("other", in_pieces=True, may_send=lambda user: True))
    arrival = send(sender)
    with pytest.raises(ArrivalGone):
        take_arrival(user=sender, arrival_id=arrival.pk, profile="other")
    assert Upload.objects.count() == 0


def test_taking_twice_gives_the_same_upload(sender):
    arrival = send(sender)
    assert take(sender, arrival).pk == take(sender, arrival).pk
    assert Upload.objects.count() == 1
    assert begin_arrival(user=sender, announced=announce()).upload_id is not None


def test_a_taken_file_that_was_no_good_begins_anew(sender):
    cut = PICTURE[: 4 * PIECE]
    upload = take(sender, send(sender, cut))
    run_due_jobs()
    upload.refresh_from_db()
    assert upload.state == "failed"
    again = begin_arrival(user=sender, announced=announce(size=len(cut)))
    assert (again.received, again.upload) == (0, None)


def test_a_last_piece_that_comes_again_after_the_taking_changes_nothing(sender):
    arrival = send(sender)
    take(sender, arrival)
    with pytest.raises(WrongOffset) as refusal:
        add_piece(user=sender, arrival_id=arrival.pk, offset=arrival.received - 9, content=PICTURE[-9:])
    assert refusal.value.offset == len(PICTURE)
    assert Piece.objects.count() == 0


def test_a_whole_that_is_no_picture_is_refused_and_can_be_given_up(sender, django_capture_on_commit_callbacks):
    arrival = send(sender, b"Call the shipper on Monday.\n" * 2000)
    with pytest.raises(NoPicture):
        take(sender, arrival)
    assert (Upload.objects.count(), Job.objects.count()) == (0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        drop_arrival(user=sender, arrival_id=arrival.pk)
    assert (Arrival.objects.count(), stored()) == (0, [])


def test_a_death_while_it_is_taken_loses_no_piece(sender, monkeypatch):
    """Between the last piece and the upload; the next question makes it, once."""
    arrival = send(sender)

    def die(**_kept):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(services.arrivals, "receive_upload", die)
        with pytest.raises(SystemExit):
            take(sender, arrival)
    assert Piece.objects.count() == len(stored())
    upload = take(sender, begin_arrival(user=sender, announced=announce()))
    assert (upload.byte_size, Upload.objects.count()) == (len(PICTURE), 1)


def test_a_piece_that_the_store_lost_is_told_so_that_it_begins_anew(sender):
    arrival = send(sender)
    default_storage.delete(Piece.objects.all()[1].quarantine)
    with pytest.raises(ArrivalGone):
        take(sender, arrival)
    drop_arrival(user=sender, arrival_id=arrival.pk)
    assert take(sender, send(sender)).byte_size == len(PICTURE)


def test_a_file_over_the_limit_is_refused_before_its_first_byte(sender):
    with pytest.raises(TooManyBytes):
        begin_arrival(user=sender, announced=announce(size=1_000_001))
    with pytest.raises(EmptyFile):
        begin_arrival(user=sender, announced=announce(size=0))
    assert Arrival.objects.count() == 0


def test_a_profile_that_takes_whole_files_takes_no_pieces(sender):
    register_profile(Profile("whole"))
    with pytest.raises(NotInPieces):
        begin_arrival(user=sender, announced=Announced("whole", "listing-1", "a.jpg", 10))
    with pytest.raises(NotInPieces):
        begin_arrival(user=sender, announced=Announced("unknown", "listing-1", "a.jpg", 10))


def test_at_most_twelve_are_on_their_way_and_taken_ones_do_not_count(sender):
    take(sender, send(sender, key="listing-0"))
    for number in range(1, 13):
        begin_arrival(user=sender, announced=announce(f"listing-{number}"))
    with pytest.raises(TooManyArrivals) as refusal:
        begin_arrival(user=sender, announced=announce("listing-13"))
    assert str(refusal.value).startswith("12 pictures are on their way already.")
    assert begin_arrival(user=sender, announced=announce("listing-12")).received == 0


def test_all_that_is_on_its_way_for_a_person_is_bounded_in_bytes(sender, stranger):
    most = 15 * 1024 * 1024
    register_profile(Profile(PROFILE, in_pieces=True, may_send=lambda user: True, max_bytes=most))
    for number in range(4):
        begin_arrival(user=sender, announced=announce(f"listing-{number}", size=most))
    with pytest.raises(TooManyArrivals) as refusal:
        begin_arrival(user=sender, announced=announce("listing-4", size=1))
    assert str(refusal.value).startswith("4 pictures are on their way already.")
    assert begin_arrival(user=sender, announced=announce("listing-3", size=most)).received == 0
    begin_arrival(user=stranger, announced=announce(size=most))
    drop_arrival(user=sender, arrival_id=begin_arrival(user=sender, announced=announce("listing-0", size=most)).pk)
    begin_arrival(user=sender, announced=announce("listing-4", size=most))


def test_only_whom_the_profile_names_may_begin(sender, stranger):
    register_profile(Profile(PROFILE, in_pieces=True, may_send=lambda user: user == sender))
    with pytest.raises(NotAllowed):
        begin_arrival(user=stranger, announced=announce())
    register_profile(Profile("nobodys", in_pieces=True))
    with pytest.raises(NotAllowed):
        begin_arrival(user=sender, announced=Announced("nobodys", "listing-1", "a.jpg", 10))
    assert Arrival.objects.count() == 0
    begin_arrival(user=sender, announced=announce())


def test_what_nobody_continues_for_a_day_is_forgotten_with_its_bytes(sender, django_capture_on_commit_callbacks):
    old, fresh = send(sender, key="listing-1", until=PIECE), send(sender, key="listing-2", until=PIECE)
    taken = send(sender, key="listing-3")
    with django_capture_on_commit_callbacks(execute=True):
        upload = take(sender, taken)
    Arrival.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        plan_night(day=timezone.now().date())
        Job.objects.exclude(name=services.FORGET_JOB).delete()
        run_due_jobs()
    assert set(Arrival.objects.values_list("pk", flat=True)) == {fresh.pk, taken.pk}
    assert (Piece.objects.get().arrival_id, Upload.objects.get().pk) == (fresh.pk, upload.pk)
    assert len(stored()) == 2


def test_an_expired_one_that_was_not_cleaned_yet_begins_anew(sender):
    old = send(sender, until=PIECE)
    Arrival.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert begin_arrival(user=sender, announced=announce()).received == 0
    assert not Arrival.objects.filter(pk=old.pk).exists()


def test_each_piece_gives_another_day(sender):
    arrival = send(sender, until=PIECE)
    Arrival.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    add_piece(user=sender, arrival_id=arrival.pk, offset=PIECE, content=PICTURE[PIECE : 2 * PIECE])
    arrival.refresh_from_db()
    assert arrival.expires_at > timezone.now() + timedelta(hours=23)


def test_backups_and_the_check_of_files_know_the_pieces(sender):
    send(sender, until=2 * PIECE)
    files = list(selectors.list_stored_files())
    assert sorted(file.name.removeprefix("quarantine/") for file in files) == sorted(stored())
    assert all(file.is_passing for file in files)


@pytest.mark.parametrize(
    "wrong", [{"key": "short"}, {"key": "with blanks in it"}, {"size": "-1"}, {"size": "many"}, {"size": "9" * 12}, {"name": " "}]
)  # fmt: skip
def test_what_a_browser_says_is_made_sure_of(wrong):
    said = {"profile": PROFILE, "key": "listing-1", "name": "a.jpg", "size": "10"}
    assert read_announcement(**said).byte_size == 10
    with pytest.raises(UnreadableRequest):
        read_announcement(**said | wrong)


@pytest.mark.parametrize("offset", ["", "-1", "1.5", "²", "9" * 12])
def test_an_offset_is_a_number(offset):
    with pytest.raises(UnreadableRequest):
        read_offset(offset)


def test_a_made_up_arrival_is_gone(sender):
    with pytest.raises(ArrivalGone):
        take_arrival(user=sender, arrival_id=uuid4(), profile=PROFILE)


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_take_at_once_make_one_upload(sender):
    arrival = send(sender)
    refusals = run_together(lambda: take(sender, arrival), lambda: take(sender, arrival))
    assert refusals == [None, None]
    assert (Upload.objects.count(), len(stored())) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_send_the_same_piece_keep_it_once(sender):
    arrival = send(sender, until=PIECE)
    piece = {"user": sender, "arrival_id": arrival.pk, "offset": PIECE, "content": PICTURE[PIECE : 2 * PIECE]}
    refusals = run_together(lambda: add_piece(**piece), lambda: add_piece(**piece))
    assert set(refusals) <= {None, WrongOffset}
    arrival.refresh_from_db()
    assert (arrival.received, Piece.objects.count(), len(stored())) == (2 * PIECE, 2, 2)


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_begin_at_once_begin_one(sender):
    refusals = run_together(*[lambda: begin_arrival(user=sender, announced=announce())] * 2)
    assert (refusals, Arrival.objects.count()) == ([None, None], 1)


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_beginning_one_keeps_nobody_from_taking_another(sender, monkeypatch):
    """Whoever begins holds the person's row; the upload that is taken meanwhile refers to it, and must not wait."""
    whole, judge, taken = send(sender), services.arrivals._stands_for, []

    def take_meanwhile(found, announced):
        with ThreadPoolExecutor(1) as pool:
            taken.append(pool.submit(take_in_time).result())
        return judge(found, announced)

    def take_in_time():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '3s'")
            return take(sender, whole).name
        finally:
            connection.close()

    send(sender, key="listing-2", until=PIECE)
    monkeypatch.setattr(services.arrivals, "_stands_for", take_meanwhile)
    begin_arrival(user=sender, announced=announce("listing-2"))
    assert taken == ["cocoa.jpg"]
