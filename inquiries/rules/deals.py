"""Which step of a deal or of a sample may follow which, on what day, and of what value."""

from datetime import date, timedelta
from decimal import Decimal

from inquiries.choices import DealStage, SampleState
from inquiries.exceptions import DayImpossible, ValueImpossible

MOST_VALUE = Decimal(99_999_999_999)
CONFIRM_LINK_LASTS = timedelta(days=60)
ASK_AFTER = (timedelta(days=7), timedelta(days=21), timedelta(days=49))
"""After shipping, when the buyer is asked whether it arrived: after a week, then two and four weeks later; never a fourth time."""
MOST_OPEN_SAMPLES = 5
CLAIMS_LAST = timedelta(days=14)
"""So long after the buyer has confirmed a deal the two still speak of it, blocked or not: goods are claimed within days of opening them."""
SAMPLES_LAST = timedelta(days=90)
"""So long samples count as under way: nobody must say that one arrived, so they would count for ever."""
MOST_APART = 2

DEAL_STEPS = {
    DealStage.SHIPPED: {DealStage.AGREED},
    DealStage.RECEIVED: {DealStage.AGREED, DealStage.SHIPPED},
    DealStage.CONFIRMED: {DealStage.AGREED, DealStage.SHIPPED, DealStage.RECEIVED},
    DealStage.CALLED_OFF: {DealStage.AGREED, DealStage.SHIPPED},
}
SAMPLE_STEPS = {
    SampleState.SENT: {SampleState.REQUESTED},
    SampleState.DECLINED: {SampleState.REQUESTED},
    SampleState.CANCELLED: {SampleState.REQUESTED},
    SampleState.RECEIVED: {SampleState.SENT},
    SampleState.APPROVED: {SampleState.SENT, SampleState.RECEIVED},
    SampleState.REFUSED: {SampleState.SENT, SampleState.RECEIVED},
}
"""What may come before each step."""


def check_day(on: date, *, first: date, today: date) -> None:
    """A day between the agreement and today; raises DayImpossible."""
    if not first <= on <= today:
        raise DayImpossible(first=f"{first:%Y-%m-%d}")


def is_like_agreed(*, paid: Decimal, agreed: Decimal) -> bool:
    """What was paid lies between half and twice what was agreed.

    Freight, a short shipment or a claim change what is paid. A value further away is a slip of the pen, or a wish for a larger figure:
    it is kept as it was said, and counts as declared until an officer has seen a paper for it.
    """
    return agreed <= paid * MOST_APART and paid <= agreed * MOST_APART


def check_value(value: Decimal) -> None:
    """What was paid in all; raises ValueImpossible."""
    if not 0 < value <= MOST_VALUE:
        raise ValueImpossible(most=f"{MOST_VALUE:,f}")
