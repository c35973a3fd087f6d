"""Which destinations the agency bars, or lets an officer look at first."""

from datetime import date

from shipping.choices import DestinationKind
from shipping.models import BarredDestination


def find_bar(*, country: str, day: date) -> BarredDestination | None:
    """The entry that holds for the country on the day, an embargo before a review; None where goods may go. One query."""
    bars = sorted(
        BarredDestination.objects.on(country=country, day=day), key=lambda bar: bar.kind != DestinationKind.EMBARGOED
    )
    return bars[0] if bars else None
