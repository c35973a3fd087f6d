"""How many listings each value of each filter would give, under everything else that is chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import Any

from django.utils import timezone
from tantivy import FieldType, Occur, Query, Searcher

from listings.registry import list_search_fields
from listings.rules.ranges import LEAD_TIME_LIMITS, LEAD_TIME_RANGES, Band, list_price_bands
from listings.rules.searching import (
    ANY_SCHEME,
    EVIDENCE_LEVELS,
    FLAGS,
    GROUPS,
    LOWEST_LEVEL,
    make_evidence_token,
)
from listings.rules.searching import Query as Question
from listings.search.document import scale_price
from listings.search.schema import LAST
from listings.search.text import get_schema
from reference.rules import EURO, Rates

MOST_VALUES = 1000
FIELDS = {"certificate": "evidence"}
"""Groups that are counted by a field of another name."""


def narrow(text: Query, question: Question, rates: Rates) -> Query:
    """The text's query with every chosen filter."""
    clauses = [clause for group in list_groups() if (clause := _make_clause(group, question, rates)) is not None]
    if question.scope:
        clauses.append(_term("category", question.scope))
    filters = [(Occur.Must, Query.const_score_query(clause, 0.0)) for clause in clauses]
    return Query.boolean_query([(Occur.Must, text), *filters]) if filters else text


def count_facets(searcher: Searcher, text: Query, question: Question, rates: Rates) -> dict[str, dict[str, int]]:
    """Counts of a group ignore the group's own choice; groups without one share a single pass."""
    chosen = question.list_applied()
    free = [group for group in list_groups() if group not in chosen]
    counts = _aggregate(searcher, narrow(text, question, rates), free, question, rates)
    for group in chosen:
        counts |= _aggregate(searcher, narrow(text, question.without(group), rates), [group], question, rates)
    if len(question.certificate) > 1:  # a listing may have several of them, so their buckets do not add up
        levels = {level: replace(question, evidence=level) for level in EVIDENCE_LEVELS}
        counts["evidence"] = {level: count(searcher, narrow(text, one, rates)) for level, one in levels.items()}
    return counts


def count(searcher: Searcher, query: Query) -> int:
    """The exact number of listings."""
    result: Any = searcher.search(query, limit=1, count=True)  # the stubs forget the count
    return int(result.count)


def list_groups() -> list[str]:
    """The groups of filters, those of apps above last."""
    return [*GROUPS, *(field.name for field in list_search_fields())]


def list_bands(currency: str, rates: Rates) -> list[Band]:
    """The price bands of a currency; none without a rate."""
    units = rates.units_per_eur.get(currency or EURO)
    return list_price_bands(units) if units else []


def _make_clause(group: str, question: Question, rates: Rates) -> Query | None:
    if group not in question.list_applied() or (group == "evidence" and question.certificate):
        return None  # a level beside chosen schemes belongs to their clause
    if group == "verified":
        return _range("verified_until", timezone.localdate().toordinal(), LAST)
    if group == "price":
        return _match_prices(question, rates)
    if group in {"certificate", "evidence"}:
        return Query.term_set_query(get_schema(), "evidence", question.list_wanted_tokens())
    values = question.registered[group] if group in question.registered else getattr(question, group)
    values = ("yes",) if group in FLAGS else values
    return Query.term_set_query(get_schema(), group, list(values))


def _match_prices(question: Question, rates: Rates) -> Query:
    if (question.currency or EURO) not in rates.units_per_eur:
        return Query.empty_query()
    clauses = []
    if question.price:
        bands = [band for band in list_bands(question.currency, rates) if band.key in question.price]
        clauses.append(_any_of(_range("price", *_edges(band, question.currency, rates)) for band in bands))
    if question.has_price_range:
        low = _scale(question.price_min, question.currency, rates)
        high = _scale(question.price_max, question.currency, rates)
        clauses.append(_range("price", low or 0, LAST - 1 if high is None else high))
    return Query.boolean_query([(Occur.Must, clause) for clause in clauses])


def _edges(band: Band, currency: str, rates: Rates) -> tuple[int, int]:
    """Lowest and highest number of the index within a band."""
    low, high = _scale(band.low, currency, rates), _scale(band.high, currency, rates)
    return low or 0, LAST - 1 if high is None else high - 1


def _scale(amount: Decimal | None, currency: str, rates: Rates) -> int | None:
    euros = rates.convert(amount, currency or EURO, EURO) if amount is not None else None
    return scale_price(euros) if euros is not None else None


def _aggregate(
    searcher: Searcher, narrowed: Query, groups: list[str], question: Question, rates: Rates
) -> dict[str, dict[str, int]]:
    """One pass for several groups; those that read the same field of the index share its buckets."""
    wanted = {FIELDS.get(group, group): _ask(group, question, rates) for group in groups}
    found = searcher.aggregate(narrowed, {name: asked for name, asked in wanted.items() if asked})
    return {group: _read_buckets(group, found.get(FIELDS.get(group, group)), question) for group in groups}


def _ask(group: str, question: Question, rates: Rates) -> dict[str, Any] | None:
    if group == "verified":
        return {"range": {"field": "verified_until", "ranges": [{"from": timezone.localdate().toordinal()}]}}
    if group == "lead":
        pairs = pairwise((0, *(limit + 1 for limit in LEAD_TIME_LIMITS)))
        return {
            "range": {
                "field": "lead_days",
                "ranges": [{"key": str(high - 1), "from": low, "to": high} for low, high in pairs],
            }
        }
    if group == "price":
        bands = [(band.key, *_edges(band, question.currency, rates)) for band in list_bands(question.currency, rates)]
        ranges = [{"key": key, "from": low, "to": high + 1} for key, low, high in bands]
        return {"range": {"field": "price", "ranges": ranges}} if ranges else None
    return {"terms": {"field": FIELDS.get(group, group), "size": MOST_VALUES, "segment_size": MOST_VALUES}}


def _read_buckets(group: str, found: dict[str, Any] | None, question: Question) -> dict[str, int]:
    """Counts by value; tantivy adds a bucket with a star for what lies beyond the ranges asked for."""
    buckets = found["buckets"] if found else []
    if group == "verified":
        return {"yes": sum(int(bucket["doc_count"]) for bucket in buckets if "from" in bucket)}
    counts = {
        str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets if not str(bucket["key"]).endswith("-*")
    }
    if group == "lead":
        return dict(zip(LEAD_TIME_RANGES, accumulate(counts.get(value, 0) for value in LEAD_TIME_RANGES), strict=True))
    if group == "certificate":
        return _read_schemes(counts, question.evidence or LOWEST_LEVEL)
    if group == "evidence":
        scheme = question.certificate[0] if question.certificate else ANY_SCHEME
        return {level: counts.get(make_evidence_token(scheme, level), 0) for level in EVIDENCE_LEVELS}
    return counts


def _read_schemes(counts: Mapping[str, int], level: str) -> dict[str, int]:
    """Per scheme: how many have it at this level."""
    tokens = {token.rpartition(":")[0]: number for token, number in counts.items() if token.endswith(f":{level}")}
    return {code: number for code, number in tokens.items() if code != ANY_SCHEME}


def _term(name: str, value: str) -> Query:
    return Query.term_query(get_schema(), name, value, index_option="basic")


def _range(name: str, low: int, high: int) -> Query:
    return Query.range_query(get_schema(), name, FieldType.Unsigned, low, high)


def _any_of(queries: Iterable[Query]) -> Query:
    several = list(queries)
    return Query.boolean_query([(Occur.Should, one) for one in several]) if several else Query.empty_query()
