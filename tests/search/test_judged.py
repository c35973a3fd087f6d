"""What buyers ask and what they should find: the held-out third of the judged set."""

import statistics

from listings.rules.searching import Query
from listings.search.query import search
from tests.search.judging import cross_language_recall, ndcg, read_judged

LEAST_NDCG, LEAST_RECALL = 0.85, 0.9


def test_the_held_out_queries_find_what_was_judged(stock):
    held_out = [judged for judged in read_judged() if judged.held_out]
    found = [search(query=Query(text=judged.query, page_size=200)).ids for judged in held_out]
    figures = [ndcg(judged, ids, stock) for judged, ids in zip(held_out, found, strict=True)]
    recalls = [cross_language_recall(judged, ids, stock) for judged, ids in zip(held_out, found, strict=True)]
    known = [recall for recall in recalls if recall is not None]
    print(
        f"nDCG@10 {statistics.mean(figures):.3f} over {len(figures)}; recall@20 {statistics.mean(known):.3f} over {len(known)}"
    )

    assert statistics.mean(figures) >= LEAST_NDCG
    assert statistics.mean(known) >= LEAST_RECALL


def test_the_set_is_large_enough_and_in_five_languages():
    judged = read_judged()

    assert len(judged) >= 150
    assert {one.language for one in judged} == {"en", "fr", "es", "de", "ar"}
    assert all(any(one.grades.values()) for one in judged)
