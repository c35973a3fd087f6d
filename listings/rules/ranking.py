"""What lifts a listing among others that fit the words equally well: never payment, always something that can be said."""

from dataclasses import dataclass

COMPLETENESS, VERIFICATION, REPLIES, FRESHNESS = 0.35, 0.30, 0.20, 0.15
"""The shares of merit; together 1."""
HIGHEST_LEVEL = 4
FRESH_DAYS, STALE_DAYS = 90, 720
NO_RECORD = 0.5
"""A firm without a public reply time stands in the middle: it is neither quick nor slow."""


@dataclass(frozen=True)
class Merit:
    """The parts, each from 0 to 1; the same for every buyer and every search."""

    completeness: float
    verification: float
    replies: float
    freshness: float

    @property
    def total(self) -> float:
        """From 0 to 1. The score of the words is multiplied by log2(2 + total): at most 1.58 times."""
        return (
            COMPLETENESS * self.completeness
            + VERIFICATION * self.verification
            + REPLIES * self.replies
            + FRESHNESS * self.freshness
        )


def measure_merit(
    *, facts_given: int, facts_asked: int, evidence_level: int, replies: float | None, age_days: int
) -> Merit:
    """`evidence_level` is the best of the certificates that cover the listing, or of its firm; `age_days` since it last changed."""
    return Merit(
        completeness=facts_given / facts_asked if facts_asked else 0.0,
        verification=min(evidence_level, HIGHEST_LEVEL) / HIGHEST_LEVEL,
        replies=NO_RECORD if replies is None else replies,
        freshness=_measure_freshness(age_days),
    )


def _measure_freshness(age_days: int) -> float:
    """1 in the first 90 days, then falling evenly to 0 after two years."""
    return min(1.0, max(0.0, (STALE_DAYS - age_days) / (STALE_DAYS - FRESH_DAYS)))
