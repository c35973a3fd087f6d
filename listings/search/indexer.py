"""Keep this node's index equal to the database: build it, then follow the change rows."""

import fcntl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import structlog
from django.db.models import QuerySet
from django.utils import timezone
from tantivy import Index, IndexWriter

from listings.models import (
    Listing,
    ListingPicture,
    ListingText,
    PackageType,
    PriceBreak,
    SearchChange,
    Variant,
    VariantPrice,
)
from listings.registry import read_merits, read_search_values
from listings.search.document import Surroundings, make_document
from listings.search.index import (
    CatalogueNotReady,
    Position,
    create_folder,
    find_folder,
    open_index,
    open_reading,
    publish_folder,
    read_position,
    read_rates,
    root,
    write_position,
    write_rates,
)
from listings.selectors.certified import list_covering
from reference.rules import Rates
from reference.selectors import get_rates
from uploads.choices import UploadState

logger = structlog.get_logger(__name__)

CHANGES_LIVE = timedelta(days=7)
BATCH = 500
HEAP_BYTES, REBUILD_HEAP_BYTES = 32_000_000, 128_000_000
KEEP_POSITION_SECONDS = 60


def rebuild(*, tell: Callable[[int], None] | None = None) -> int:
    """Build a new index from the database beside the live one and swap it in; the number of listings in it.

    `tell` hears after each batch how many are written. One process at a time; the changes made meanwhile are read afterwards.
    """
    with _one_builder():
        position = _latest_position()
        folder = create_folder()
        write_rates(folder, get_rates(day=timezone.localdate()))
        with _writing(open_index(folder), heap_bytes=REBUILD_HEAP_BYTES) as writer:
            number = 0
            for batch in _cut(_live_listings().iterator(chunk_size=BATCH)):
                number += _add_batch(writer, batch, read_rates(folder))
                if tell is not None:
                    tell(number)
        write_position(folder, position)
        publish_folder(folder)
        return number


def make_ready() -> bool:
    """Build the index when there is none that this code can follow; whether it had to."""
    try:
        open_reading()
        position = read_position(find_folder())
        if time.time() - position.synced_at < CHANGES_LIVE.total_seconds() and not _comes_from_elsewhere(position):
            return False
    except CatalogueNotReady as reason:
        logger.info("search_index_missing", reason=str(reason))
    rebuild()
    return True


def has_old_rates() -> bool:
    """Whether prices would be converted otherwise today; an index keeps its rates for life, so only a new one mends that."""
    known = read_rates(find_folder()).units_per_eur
    return known != get_rates(day=timezone.localdate()).units_per_eur


def apply_changes() -> int:
    """Index again what changed since the last time; the number of change rows read. Safe to repeat."""
    folder = find_folder()
    position = read_position(folder)
    unread = SearchChange.objects.settled().after(transaction_id=position.transaction_id, change_id=position.change_id)
    changes = list(unread[:BATCH])
    if not changes:
        if time.time() - position.synced_at > KEEP_POSITION_SECONDS:
            write_position(folder, Position(position.transaction_id, position.change_id, time.time()))
        return 0
    ids = {change.listing_id for change in changes}
    with _writing(_follow(folder)) as writer:
        for pk in ids:
            writer.delete_documents_by_term(
                "key", str(pk)
            )  # a raw text key: deleting by a number silently does nothing
        for batch in _cut(_live_listings().filter(pk__in=ids)):
            _add_batch(writer, batch, read_rates(folder))
    write_position(folder, Position(changes[-1].transaction_id, changes[-1].pk, time.time()))
    return len(changes)


def forget_old_changes() -> int:
    """Drop change rows that every node has read long ago; a node further behind builds its index again."""
    return SearchChange.objects.filter(changed_at__lt=timezone.now() - CHANGES_LIVE).delete()[0]


def _live_listings() -> QuerySet[Listing]:
    listings = Listing.objects.live().select_related("company", "live_revision__category__parent")
    return listings.defer("company__story", "company__export_markets").order_by("pk")


def _latest_position() -> Position:
    last = SearchChange.objects.settled().last()
    return Position(last.transaction_id if last else 0, last.pk if last else 0, time.time())


def _comes_from_elsewhere(position: Position) -> bool:
    """The position lies ahead of the database: that was restored or replaced, counts anew, and would never be followed."""
    newest = SearchChange.objects.order_by("pk").last()
    is_ahead = newest is not None and newest.pk < position.change_id
    return is_ahead or position.transaction_id >= SearchChange.read_next_transaction_id()


def _follow(folder: Path) -> Index:
    try:
        return open_index(folder)
    except (OSError, ValueError) as error:
        raise CatalogueNotReady("the index cannot be written") from error


@contextmanager
def _writing(index: Index, *, heap_bytes: int = HEAP_BYTES) -> Iterator[IndexWriter]:
    """A writer whose work is committed at the end; the engine refuses a second one, and its lock dies with the process."""
    writer = index.writer(heap_size=heap_bytes, num_threads=1)
    yield writer
    writer.commit()
    writer.wait_merging_threads()


def _add_batch(writer: IndexWriter, batch: Sequence[Listing], rates: Rates) -> int:
    around = look_around(listings=batch, rates=rates)
    documents = [document for listing in batch if (document := make_document(listing, around)) is not None]
    for document in documents:
        writer.add_document(document)
    return len(documents)


def look_around(*, listings: Sequence[Listing], rates: Rates) -> Surroundings:
    """What the documents of these listings hold besides them, in a fixed number of queries."""
    day, company_ids = timezone.localdate(), {listing.company_id for listing in listings}
    covered = list_covering(listing_ids=[listing.pk for listing in listings], day=day)
    evidence = {
        pk: [(certificate.scheme.code, certificate.evidence_level) for certificate in found]
        for pk, found in covered.items()
    }
    registered = read_search_values(company_ids)
    ids = [listing.live_revision_id for listing in listings]
    ready = ListingPicture.objects.filter(revision__in=ids).exclude(upload__state=UploadState.FAILED)
    return Surroundings(
        day=day, rates=rates, registered=registered, certificates=evidence, replies=read_merits(registered),
        prices=_group((
            *PriceBreak.objects.filter(revision__in=ids).values_list("revision_id", "unit_price"),
            *VariantPrice.objects.filter(variant__revision__in=ids).values_list("variant__revision_id", "unit_price"),
        )),
        texts=_group_rows(ListingText.objects.filter(revision__in=ids).values_list(
            "revision_id", "language", "title", "summary", "description"
        )),
        numbers=_group_rows(Variant.objects.filter(revision__in=ids).values_list("revision_id", "article_number", "gtin")),
        packages=_group_rows(PackageType.objects.filter(revision__in=ids).values_list("revision_id", "contents", "kind")),
        pictured=frozenset(ready.values_list("revision_id", flat=True)),
    )  # fmt: skip


def _group(rows: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = {}
    for pk, value in rows:
        grouped.setdefault(pk, []).append(value)
    return grouped


def _group_rows(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    return _group((pk, tuple(values)) for pk, *values in rows)


def _cut(listings: Iterable[Listing]) -> Iterator[list[Listing]]:
    rest = iter(listings)
    while batch := list(islice(rest, BATCH)):
        yield batch


@contextmanager
def _one_builder() -> Iterator[None]:
    root().mkdir(parents=True, exist_ok=True)
    with (root() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
