"""Whether anything on the market has changed."""

from django.db.models import Max, Sum

from listings.models import SearchChange

LOOKED_AT = 500


def read_market_state() -> tuple[int, int]:
    """Two numbers that change with every change of a listing, its company or its certificates; one query.

    The sum of the newest numbers and not the newest alone: a transaction may commit after one that got a higher number.
    """
    newest = SearchChange.objects.order_by("-id")[:LOOKED_AT]
    found = SearchChange.objects.filter(pk__in=newest.values("pk")).aggregate(total=Sum("pk"), newest=Max("pk"))
    return (found["total"] or 0, found["newest"] or 0)
