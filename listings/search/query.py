"""Ask the index: ids in order, the exact total, and the counts of every filter."""

import difflib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from django.utils import timezone
from tantivy import FieldType, Occur, Order, Schema, Searcher
from tantivy import Query as TantivyQuery

from listings.registry import list_search_fields
from listings.rules.searching import (
    ANY_SCHEME,
    EVIDENCE_LEVELS,
    GROUPS,
    LOWEST_LEVEL,
    Query,
    Result,
    Sort,
    make_evidence_token,
)
from listings.search.document import LAST, PLAIN, make_schema, scale_price
from listings.search.index import open_searcher
from listings.search.text import build_text_query, list_pieces, match_piece

ORDERS: dict[Sort, tuple[str, Order]] = {
    Sort.NEWEST: ("newest", Order.Desc),
    Sort.SMALLEST_ORDER: ("moq_size", Order.Asc),
    Sort.FASTEST: ("lead_days", Order.Asc),
    Sort.LOWEST_PRICE: ("price_low", Order.Asc),
}
MOST_VALUES = 1000


@cache
def get_schema() -> Schema:
    """The schema of every query, once all apps have registered their fields."""
    return make_schema()


def search(*, query: Query) -> Result:
    """One page of ids with total and facets; raises CatalogueNotReady. Whatever was typed is only words.

    A page behind the last one answers the last. When no listing holds all words, those that hold some are shown.
    """
    searcher = open_searcher()
    text = build_text_query(searcher, get_schema(), query.text, occur=Occur.Must)
    loosened = len(list_pieces(query.text)) > 1 and _count(searcher, text) == 0
    if loosened:
        text = build_text_query(searcher, get_schema(), query.text, occur=Occur.Should)
    wanted = _narrow(text, query)
    total = _count(searcher, wanted)
    page = max(1, min(query.page, -(-total // query.page_size)))
    return Result(
        ids=_page_of_ids(searcher, wanted, query, page), total=total, page=page,
        facets=_count_facets(searcher, text, query), loosened=loosened and total > 0,
    )  # fmt: skip


def count_without_each(*, query: Query) -> Mapping[str, int]:
    """For a search that found nothing: how many there would be without each group of filters, where that helps."""
    searcher = open_searcher()
    text = build_text_query(searcher, get_schema(), query.text, occur=Occur.Must)
    counts = {group: _count(searcher, _narrow(text, query.without(group))) for group in query.list_applied()}
    return {group: count for group, count in counts.items() if count}


def suggest(*, text: str) -> str:
    """The words again with those that nobody uses replaced by near spellings from product names; "" when there are none."""
    searcher = open_searcher()
    words, changed = [], False
    for piece in list_pieces(text):
        near = "" if _count(searcher, match_piece(searcher, get_schema(), piece)) else _find_near(searcher, piece.typed)
        changed = changed or bool(near)
        words.append(near or piece.typed)
    return " ".join(words) if changed else ""


def _find_near(searcher: Searcher, typed: str) -> str:
    word = PLAIN.analyze(typed)[0]
    if len(word) < 4:
        return ""
    distance = 1 if len(word) < 8 else 2
    hits = searcher.search(TantivyQuery.fuzzy_term_query(get_schema(), "title", word, distance=distance), limit=5).hits
    titles = [str(searcher.doc(address).get_first("title")) for _score, address in hits]
    used = [token for title in titles for token in PLAIN.analyze(title)]
    return next(iter(difflib.get_close_matches(word, used, n=1, cutoff=0.6)), "")


def _count(searcher: Searcher, query: TantivyQuery) -> int:
    result: Any = searcher.search(query, limit=1, count=True)  # the stubs forget the count
    return int(result.count)


def _page_of_ids(searcher: Searcher, wanted: TantivyQuery, query: Query, page: int) -> tuple[int, ...]:
    sort = Sort.NEWEST if query.sort is Sort.BEST and not query.text.strip() else query.sort
    order: dict[str, Any] = {}
    if sort in ORDERS:
        order = {"order_by_field": ORDERS[sort][0], "order": ORDERS[sort][1]}
    found = searcher.search(wanted, limit=query.page_size, offset=(page - 1) * query.page_size, count=False, **order)
    pks = searcher.fast_field_values("pk", [address for _key, address in found.hits])
    return tuple(int(pk) for pk in pks if pk is not None)


def _narrow(text: TantivyQuery, query: Query) -> TantivyQuery:
    clauses = [clause for group in _list_groups() if (clause := _clause(group, query)) is not None]
    if query.scope:
        clauses.append(TantivyQuery.term_query(get_schema(), "category", query.scope, index_option="basic"))
    if not clauses:
        return text
    filters = [(Occur.Must, TantivyQuery.const_score_query(clause, 0.0)) for clause in clauses]
    return TantivyQuery.boolean_query([(Occur.Must, text), *filters])


def _list_groups() -> tuple[str, ...]:
    return (*GROUPS, *(field.name for field in list_search_fields()))


def _clause(group: str, query: Query) -> TantivyQuery | None:
    chosen = query.registered.get(group) or getattr(query, group, ())
    if not chosen or (group == "evidence" and query.certificate):  # the level then belongs to the chosen schemes
        return None
    if group == "verified":
        return TantivyQuery.range_query(get_schema(), "verified_until", FieldType.Unsigned, _today(), None)
    if group == "currency":
        return _priced(query)
    if group in {"certificate", "evidence"}:
        return TantivyQuery.term_set_query(get_schema(), "evidence", query.list_wanted_tokens())
    return TantivyQuery.term_set_query(get_schema(), group, ["yes"] if group == "sample" else list(chosen))


def _priced(query: Query) -> TantivyQuery:
    """Prices in the chosen currency whose range meets the wanted one."""
    clauses = [TantivyQuery.term_query(get_schema(), "currency", query.currency, index_option="basic")]
    if query.price_min is not None:
        clauses.append(
            TantivyQuery.range_query(get_schema(), "price_high", FieldType.Unsigned, scale_price(query.price_min), LAST)
        )
    if query.price_max is not None:
        clauses.append(
            TantivyQuery.range_query(get_schema(), "price_low", FieldType.Unsigned, 0, scale_price(query.price_max))
        )
    return TantivyQuery.boolean_query([(Occur.Must, clause) for clause in clauses])


def _count_facets(searcher: Searcher, text: TantivyQuery, query: Query) -> dict[str, dict[str, int]]:
    """Counts of a group ignore the group's own choice; groups without one share a single pass."""
    chosen = query.list_applied()
    free = [group for group in _list_groups() if group not in chosen]
    counts = _aggregate(searcher, _narrow(text, query), free, query)
    for group in chosen:
        counts |= _aggregate(searcher, _narrow(text, query.without(group)), [group], query)
    if len(query.certificate) > 1:  # a product may have several of them, so their buckets do not add up
        counts["evidence"] = {
            level: _count(searcher, _narrow(text, replace(query, evidence=level))) for level in EVIDENCE_LEVELS
        }
    return counts


def _aggregate(
    searcher: Searcher, narrowed: TantivyQuery, groups: list[str], query: Query
) -> dict[str, dict[str, int]]:
    if not groups:
        return {}
    wanted = {group: _aggregation(group) for group in groups}
    found = searcher.aggregate(narrowed, wanted)
    return {group: _read_buckets(group, found[group]["buckets"], query) for group in groups}


def _aggregation(group: str) -> dict[str, Any]:
    if group == "verified":
        return {"range": {"field": "verified_until", "ranges": [{"from": _today()}]}}
    field = "evidence" if group == "certificate" else group
    return {"terms": {"field": field, "size": MOST_VALUES, "segment_size": MOST_VALUES}}


def _read_buckets(group: str, buckets: list[dict[str, Any]], query: Query) -> dict[str, int]:
    if group == "verified":
        return {"yes": sum(int(bucket["doc_count"]) for bucket in buckets if "from" in bucket)}
    counts = {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
    if group == "certificate":
        return _read_schemes(counts, query.evidence or LOWEST_LEVEL)
    if group == "evidence":
        scheme = query.certificate[0] if query.certificate else ANY_SCHEME
        return {level: counts.get(make_evidence_token(scheme, level), 0) for level in EVIDENCE_LEVELS}
    return counts


def _read_schemes(counts: Mapping[str, int], level: str) -> dict[str, int]:
    """Per scheme: how many have it at this level."""
    tokens = {token.rpartition(":")[0]: number for token, number in counts.items() if token.endswith(f":{level}")}
    return {code: number for code, number in tokens.items() if code != ANY_SCHEME}


def _today() -> int:
    return timezone.localdate().toordinal()
