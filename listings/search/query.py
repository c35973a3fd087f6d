"""Ask the index: ids in order, the exact total, and the counts of every filter."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from tantivy import Order
from tantivy import Query as TantivyQuery

from core.kept import Kept
from listings.rules.searching import MOST_RESULTS, PAGE_SIZE, Match, Query, Result, Sort
from listings.search.facets import count, count_facets, narrow
from listings.search.index import Reading, open_reading
from listings.search.synonyms import list_synonyms
from listings.search.text import Asked, build_text_query, read_text

ORDERS: dict[Sort, tuple[str, Order]] = {
    Sort.NEWEST: ("newest", Order.Desc),
    Sort.SMALLEST_ORDER: ("moq_size", Order.Asc),
    Sort.FASTEST: ("lead_days", Order.Asc),
    Sort.LOWEST_PRICE: ("price", Order.Asc),
}
LARGE_CATALOGUE, LAG_SECONDS = 50_000, 5.0


@dataclass(frozen=True)
class _Counted:
    """What was counted, of which state and when."""

    generation: str
    at: float
    total: int
    facets: dict[str, dict[str, int]]


_counts: Kept[_Counted] = Kept(most=400)
_totals: Kept[int] = Kept(most=1000)


def search(*, query: Query) -> Result:
    """One page of ids with total and facets; raises CatalogueNotReady. Whatever was typed is only words.

    A page behind the last one answers the last. When no listing holds all words, those that hold some are shown.
    """
    reading = open_reading()
    asked = understand(text=query.text)
    text, match = _choose_text(reading, asked)
    total, facets = _count(reading, text, asked, query)
    page = max(1, min(query.page, -(-total // query.page_size), query.last_page))
    ids = _list_ids(reading, text, query, offset=(page - 1) * query.page_size)
    return Result(ids=ids, total=total, page=page, facets=facets, match=match if total else Match.ALL)


def understand(*, text: str) -> Asked:
    """What was typed, with the words that officers added."""
    return read_text(text, list_synonyms())


def list_following_ids(*, query: Query, offset: int) -> tuple[int, ...]:
    """As many ids as a page has, from a place in the results on; for pages on which something is no longer live."""
    reading = open_reading()
    text, _match = _choose_text(reading, understand(text=query.text))
    return _list_ids(reading, text, query, offset=offset) if offset < MOST_RESULTS else ()


def count_without_each(*, query: Query) -> Mapping[str, int]:
    """For a search that found nothing: how many there would be without each group of filters, where that helps."""
    reading = open_reading()
    text, _match = _choose_text(reading, understand(text=query.text))
    counts = {
        group: count(reading.searcher, narrow(text, query.without(group), reading.rates))
        for group in query.list_applied()
    }
    return {group: number for group, number in counts.items() if number}


def count_without_filters(*, query: Query) -> int:
    """For a search that found nothing: how many products its words alone find."""
    return search(query=reduce(Query.without, query.list_applied(), query)).total


def _choose_text(reading: Reading, asked: Asked) -> tuple[TantivyQuery, Match]:
    """All words; where few listings have them all, those that are the thing, whatever its qualities; else some of the words."""
    every = build_text_query(reading.searcher, asked, needed=asked.wanted)
    if len(asked.wanted) < 2:
        return every, Match.ALL
    found = _totals.remember((reading.generation, asked), lambda: count(reading.searcher, every))
    if found >= PAGE_SIZE:
        return every, Match.ALL
    if asked.things and len(asked.things) < len(asked.wanted):
        wider = build_text_query(reading.searcher, asked, needed=asked.things)
        if _totals.remember((reading.generation, asked, "wider"), lambda: count(reading.searcher, wider)) > found:
            return wider, Match.MOST if found else Match.SOME
    return (every, Match.ALL) if found else (build_text_query(reading.searcher, asked, needed=()), Match.SOME)


def _count(reading: Reading, text: TantivyQuery, asked: Asked, query: Query) -> tuple[int, dict[str, dict[str, int]]]:
    """Total and counts, worked out once for a committed state; in a large catalogue one of five seconds ago will do."""
    key = (asked, repr(query.get_question()))
    known = _counts.find(key)
    if known is not None and (known.generation == reading.generation or _is_fresh_enough(known, reading)):
        return known.total, known.facets
    total = count(reading.searcher, narrow(text, query, reading.rates))
    facets = count_facets(reading.searcher, text, query, reading.rates)
    _counts.keep(key, _Counted(reading.generation, time.monotonic(), total, facets))
    return total, facets


def _is_fresh_enough(known: _Counted, reading: Reading) -> bool:
    return reading.searcher.num_docs >= LARGE_CATALOGUE and time.monotonic() - known.at < LAG_SECONDS


def _list_ids(reading: Reading, text: TantivyQuery, query: Query, *, offset: int) -> tuple[int, ...]:
    wanted = narrow(text, query, reading.rates)
    order: dict[str, Any] = {"weight_by_field": "merit"}
    if query.sort in ORDERS:
        order = {"order_by_field": ORDERS[query.sort][0], "order": ORDERS[query.sort][1]}
    elif not query.text.strip():
        order = {"order_by_field": "merit", "order": Order.Desc}
    found = reading.searcher.search(wanted, limit=query.page_size, offset=offset, count=False, **order)
    pks = reading.searcher.fast_field_values("pk", [address for _key, address in found.hits])
    return tuple(int(pk) for pk in pks if pk is not None)
