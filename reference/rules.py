"""Plain shapes and sums of the reference room: lay words, HS codes by words, and exchange rates."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

EURO = "EUR"
DOLLAR = "USD"
RATE_DAYS = 14
"""How old a rate may be: over holidays none is published, and older ones mislead."""
FRESH_DAYS = 7
"""How old a rate may be by which money is told in another currency; banks publish none for up to five days."""

EUROPEAN_UNION = frozenset(
    (
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL",
        "PT", "RO", "SE", "SI", "SK",
    )
)  # fmt: skip
"""Its members by ISO 3166 code: one customs territory."""


@dataclass(frozen=True)
class Concept:
    """One kind of thing that buyers look for, or a quality of things, with its words by language. A quality has no category."""

    key: str
    category: str
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Rate:
    """On `day`, one unit of `base` was worth `units` of `quote` (ISO 4217)."""

    day: date
    base: str
    quote: str
    units: Decimal


@dataclass(frozen=True)
class Rates:
    """What was known on `day`: units of each currency for one euro, and the day that each rate is of."""

    day: date
    units_per_eur: Mapping[str, Decimal] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)

    def convert(self, amount: Decimal, source: str, target: str) -> Decimal | None:
        """The amount in the other currency, unrounded; None where a rate is missing."""
        if source == target:
            return amount
        before, after = self.units_per_eur.get(source), self.units_per_eur.get(target)
        return amount / before * after if before and after else None

    def find_day(self, source: str, target: str) -> date | None:
        """The day of the older of two currencies' rates; None where one is missing or more than a week old."""
        if source == target:
            return self.day
        if not {source, target} <= self.units_per_eur.keys():
            return None
        day = min(self.days.get(code, self.day) for code in (source, target))
        return day if self.day - day <= timedelta(days=FRESH_DAYS) else None

    def convert_fresh(self, amount: Decimal, source: str, target: str) -> Decimal | None:
        """As `convert`; None too where a rate is more than a week old."""
        return self.convert(amount, source, target) if self.find_day(source, target) else None


def join_rates(rates: list[Rate], *, day: date) -> Rates:
    """Rates against the euro; where a bank quotes against the dollar or the other way round, through that.

    Of several for one currency the newest counts, a direct one before one through the dollar.
    """
    newest_first = sorted(rates, key=lambda rate: rate.day, reverse=True)
    units, days = {EURO: Decimal(1)}, {EURO: day}
    for pivot in (EURO, DOLLAR):
        if pivot not in units:
            continue
        for rate in newest_first:
            other, value = (rate.quote, rate.units) if rate.base == pivot else (rate.base, 1 / rate.units)
            if pivot in {rate.base, rate.quote} and other not in units:
                units[other] = units[pivot] * value
                days[other] = min(rate.day, days[pivot])
    return Rates(day, units, days)


@dataclass(frozen=True)
class HsPhrase:
    """What people call the goods of a subheading: the keys of its words, and the phrase as it is written. `rank` 0 is its name."""

    code: str
    text: str
    language: str
    rank: int
    keys: frozenset[str]


@dataclass(frozen=True)
class HsHit:
    """A subheading that typed words fit, with the phrase that they fit best. `score` is 1 where they are the same."""

    code: str
    score: float
    phrase: HsPhrase


OWN_LANGUAGE, FIRST_PHRASES = 0.02, 0.01
"""What decides between equals: a phrase of the reader's language, and one that stands near the name."""
FAR_BEHIND = 0.4
"""What scores less than this share of the best is no suggestion."""
UNKNOWN_WEIGHT = 1.0
"""A word that is in no phrase, as a brand or "handmade", lowers every score alike."""


@dataclass(frozen=True)
class HsFinder:
    """Subheadings by lay words: a phrase scores the share of words, weighed by how rare they are, that it has in common with what was typed."""

    phrases: Sequence[HsPhrase]

    def find(self, typed: Sequence[Iterable[str]], *, language: str) -> list[HsHit]:
        """Best first. `typed` holds for each word all keys that it may have."""
        words = [[key for key in keys if key in self._places] for keys in typed]
        shared: defaultdict[int, float] = defaultdict(float)
        for keys in words:
            best: dict[int, float] = {}
            for key in keys:
                for place in self._places[key]:
                    best[place] = max(best.get(place, 0.0), self._weight(key))
            for place, weight in best.items():
                shared[place] += weight
        asked = sum(max((self._weight(key) for key in keys), default=UNKNOWN_WEIGHT) for keys in words)
        found: dict[str, HsHit] = {}
        for place, common in shared.items():
            phrase = self.phrases[place]
            whole = asked + sum(self._weight(key) for key in phrase.keys) - common
            score = common / max(whole, common) + (OWN_LANGUAGE if phrase.language == language else 0.0)
            score += FIRST_PHRASES / (1 + phrase.rank)
            if phrase.code not in found or found[phrase.code].score < score:
                found[phrase.code] = HsHit(phrase.code, score, phrase)
        best_score = max((hit.score for hit in found.values()), default=0.0)
        near = [hit for hit in found.values() if hit.score >= FAR_BEHIND * best_score]
        return sorted(near, key=lambda hit: (-hit.score, hit.code))

    def list_keys(self) -> Iterable[str]:
        """Every key that a phrase has."""
        return self._places

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(self.phrases):
            for key in phrase.keys:
                places[key].append(number)
        return dict(places)

    @cached_property
    def _spread(self) -> Mapping[str, int]:
        """How many headings a key stands for."""
        pairs = {(key, phrase.code[:4]) for phrase in self.phrases for key in phrase.keys}
        return Counter(key for key, _heading in pairs)

    def _weight(self, key: str) -> float:
        return 1.0 + math.log(1000 / self._spread.get(key, 1))
