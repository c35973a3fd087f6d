"""The same questions, asked of PostgreSQL: a page of 24, the exact total and six facets, each without its own filter."""

from typing import Any

from django.db import connection

from listings.rules.searching import Query, Sort

FACETS = ("category", "country", "company_kind", "lead_time_days", "incoterm", "sample_offered")
ORDERS = {Sort.NEWEST: "first_live_at DESC", Sort.LOWEST_PRICE: "price"}
TSQUERY = {"prefix": "to_tsquery('english', %(prefix)s)"}


def ask_postgres(name: str, query: Query) -> int:
    """Run the nine statements of one page; the total."""
    values = _read_values(query)
    words = TSQUERY.get(name, "websearch_to_tsquery('english', %(text)s)")
    clauses = _make_clauses(query, words)
    order = ORDERS.get(query.sort) or (f"ts_rank(words, {words}) DESC" if query.text else "first_live_at DESC")
    everything = " AND ".join(clauses.values()) or "true"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM textbook WHERE {everything} ORDER BY {order} LIMIT 24 OFFSET %(offset)s", values
        )
        cursor.fetchall()
        cursor.execute(f"SELECT count(*) FROM textbook WHERE {everything}", values)
        total = int(cursor.fetchone()[0])
        for facet in FACETS:
            others = " AND ".join(clause for column, clause in clauses.items() if column != facet) or "true"
            cursor.execute(f"SELECT {facet}, count(*) FROM textbook WHERE {others} GROUP BY 1", values)
            cursor.fetchall()
    return total


def _make_clauses(query: Query, words: str) -> dict[str, str]:
    found = {
        "words": f"words @@ {words}" if query.text else "",
        "country": "country = ANY(%(country)s)" if query.country else "",
        "category": "category = ANY(%(category)s)" if query.category else "",
        "scope": "(category = %(scope)s OR branch = %(scope)s)" if query.scope else "",
        "company_kind": "company_kind = ANY(%(kind)s)" if query.company_kind else "",
        "lead_time_days": "lead_time_days <= %(lead)s" if query.lead else "",
        "sample_offered": "sample_offered" if query.sample else "",
        "women_led": "women_led" if query.women else "",
    }
    return {column: clause for column, clause in found.items() if clause}


def _read_values(query: Query) -> dict[str, Any]:
    return {
        "text": query.text, "prefix": " & ".join(query.text.split()) + ":*", "country": list(query.country), "category": list(query.category),
        "scope": query.scope, "kind": list(query.company_kind), "lead": max(map(int, query.lead), default=0),
        "offset": 24 * (query.page - 1),
    }  # fmt: skip
