"""Compare the index with the database, product by product."""

from collections import Counter
from dataclasses import dataclass

from tantivy import Query

from listings.models import Listing, SearchChange
from listings.search.index import find_folder, open_reading, read_position

BATCH = 50_000


@dataclass(frozen=True)
class Comparison:
    """Numbers of products: live ones that the index lacks, indexed ones that are not live, indexed ones that stand there twice.

    `unread` changes may explain the first two; they disappear once the indexer has read them.
    """

    indexed: int
    missing: tuple[int, ...]
    gone: tuple[int, ...]
    doubled: tuple[int, ...]
    unread: int

    @property
    def is_clean(self) -> bool:
        return not (self.missing or self.gone or self.doubled)


def verify() -> Comparison:
    """Read every document's listing and compare; raises CatalogueNotReady."""
    searcher = open_reading().searcher
    position = read_position(find_folder())
    indexed: Counter[int] = Counter()
    for offset in range(0, searcher.num_docs, BATCH):
        found = searcher.search(Query.all_query(), limit=BATCH, offset=offset, count=False)
        pks = searcher.fast_field_values("pk", [address for _key, address in found.hits])
        indexed.update(int(pk) for pk in pks if pk is not None)
    live = set(Listing.objects.live().values_list("pk", flat=True))
    unread = SearchChange.objects.settled().after(transaction_id=position.transaction_id, change_id=position.change_id)
    return Comparison(
        indexed=indexed.total(),
        missing=tuple(sorted(live - indexed.keys())),
        gone=tuple(sorted(indexed.keys() - live)),
        doubled=tuple(sorted(pk for pk, times in indexed.items() if times > 1)),
        unread=unread.count(),
    )
