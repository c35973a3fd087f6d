"""What a carrier is asked and what it answers, in plain values.

Weights in grams, sizes in millimetres, money as Decimal with its currency. What goes wrong is data: nothing here is raised.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from core.money import Money
from shipping.choices import AskProblem, Carrier, CarrierEnvironment, CarrierFailure
from shipping.providers.calls import Client, hide_all
from shipping.providers.hosts import pick_base
from shipping.providers.outcomes import Failure
from shipping.rules.weights import Piece
from shipping.rules.zones import Place

MOST_SERVICES, MOST_NOTES = 40, 10
"""What is kept of an answer; no carrier has that many services."""


@dataclass(frozen=True)
class Ask:
    """A shipment to be priced.

    `key` is our own name of the attempt, at most 32 letters and digits; carriers send it back. `customs_value` is what the goods are
    worth where they cross a customs border, None where they cross none. `asked_on` is today where the goods are.
    """

    key: str
    origin: Place
    destination: Place
    pieces: tuple[Piece, ...]
    ship_on: date
    asked_on: date
    customs_value: Money | None = None
    goods: str = ""
    hs_code: str = ""
    residential: bool = False
    dangerous_goods: bool = False

    @property
    def piece_count(self) -> int:
        return sum(piece.count for piece in self.pieces)

    @property
    def weight_g(self) -> Decimal:
        return sum((piece.weight_g * piece.count for piece in self.pieces), Decimal(0))


@dataclass(frozen=True)
class Account:
    """An owner's account at a carrier; `key` is our own id of it and the only part that may be shown or logged.

    `user` and `secret` are the API key and its secret (UPS, FedEx: client id and client secret).
    """

    key: str
    environment: CarrierEnvironment
    number: str = field(repr=False)
    user: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Offer:
    """A service and its price.

    `amount` is freight with surcharges, without taxes and duties; `tax` is what the carrier adds for taxes on the freight, None where
    it does not say. `is_published` where the price is the carrier's public tariff and not the account's own. `valid_until` None: the
    carrier does not say how long the price stands.
    """

    service_code: str
    service_name: str
    amount: Decimal
    currency: str
    tax: Decimal | None = None
    transit_days: int | None = None
    arrives_on: date | None = None
    billed_weight_g: Decimal | None = None
    valid_until: date | None = None
    is_published: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A carrier's answer. Failures beside offers name services that were left out; without offers they say why there are none."""

    carrier: Carrier
    offers: tuple[Offer, ...] = ()
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def failure(self) -> Failure | None:
        """Why there is no offer at all; None where there is one."""
        return None if self.offers or not self.failures else self.failures[0]


@dataclass(frozen=True)
class Problem:
    """What is wrong with an ask, before anybody is asked: the field, as in “destination.city” or “pieces.weight”, and why."""

    field: str
    why: AskProblem


@dataclass(frozen=True)
class Limits:
    """What a carrier's documentation allows; None where it names no limit."""

    pieces: int
    days_ahead: int | None = None
    size_mm: int | None = None
    piece_g: int | None = None
    needs: frozenset[str] = frozenset()


class Provider(ABC):
    """The one interface of all carriers; each says what it is, what it allows, and how it is asked."""

    carrier: Carrier
    hosts: Mapping[CarrierEnvironment, str]
    limits: Limits

    def __init__(self, *, loopback: str = "") -> None:
        self._loopback = loopback

    def validate(self, ask: Ask) -> list[Problem]:
        """What the carrier would refuse, without asking it."""
        return find_problems(ask, self.limits)

    async def quote(self, ask: Ask, account: Account, client: Client) -> Answer:
        """Offers or failures, within the client's deadline; never raises for what a carrier or a line does."""
        if problems := self.validate(ask):
            return refuse(self.carrier, problems)
        client.keep_secret(account.number, account.user, account.secret)
        base = pick_base(self.hosts, account.environment, loopback=self._loopback)
        answer: Answer = hide_all(client, await self.ask_at(base, ask, account, client))
        return answer

    @abstractmethod
    async def ask_at(self, base: str, ask: Ask, account: Account, client: Client) -> Answer:
        """Put an ask without problems to the carrier at this address, and read what it says."""


def find_problems(ask: Ask, limits: Limits) -> list[Problem]:
    """What keeps an ask from being put to a carrier with these limits. Dangerous goods are a forwarder's."""
    return [
        *(Problem(name, AskProblem.MISSING) for name in _list_missing(ask, limits)),
        *_check_pieces(ask, limits),
        *_check_day(ask, limits),
        *([Problem("dangerous_goods", AskProblem.NOT_CARRIED)] if ask.dangerous_goods else []),
    ]


def refuse(carrier: Carrier, problems: list[Problem]) -> Answer:
    """The answer to an ask that nobody was asked."""
    return Answer(
        carrier,
        failures=tuple(Failure(CarrierFailure.BAD_REQUEST, field=p.field, detail=p.why.value) for p in problems),
    )


def sort_out(carrier: Carrier, read: Sequence[Offer | Failure], *, notes: tuple[str, ...] = ()) -> Answer:
    """The answer from what was read of each service; no service at all is a failure too."""
    found = read[:MOST_SERVICES] or [Failure(CarrierFailure.NO_SERVICE)]
    return Answer(
        carrier,
        offers=tuple(item for item in found if isinstance(item, Offer)),
        failures=tuple(item for item in found if isinstance(item, Failure)),
        notes=notes[:MOST_NOTES],
    )


def _list_missing(ask: Ask, limits: Limits) -> list[str]:
    stated: Mapping[str, str] = {
        f"{side}.{part}": getattr(place, part).strip()
        for side, place in (("origin", ask.origin), ("destination", ask.destination))
        for part in ("country", "postcode", "city")
    }
    needed = limits.needs | {"origin.country", "destination.country"}
    return [*(name for name in stated if name in needed and not stated[name]), *([] if ask.pieces else ["pieces"])]


def _check_pieces(ask: Ask, limits: Limits) -> list[Problem]:
    sides = [side for p in ask.pieces for side in (p.length_mm, p.width_mm, p.height_mm)]
    weights = [p.weight_g for p in ask.pieces]
    found = {
        Problem("pieces.size", AskProblem.MISSING): any(side <= 0 for side in sides),
        Problem("pieces.weight", AskProblem.MISSING): any(weight <= 0 for weight in weights),
        Problem("pieces.count", AskProblem.MISSING): any(p.count < 1 for p in ask.pieces),
        Problem("pieces.count", AskProblem.TOO_MANY): ask.piece_count > limits.pieces,
        Problem("pieces.size", AskProblem.TOO_LARGE): limits.size_mm is not None
        and max(sides, default=0) > limits.size_mm,
        Problem("pieces.weight", AskProblem.TOO_HEAVY): limits.piece_g is not None
        and max(weights, default=0) > limits.piece_g,
    }
    return [problem for problem, holds in found.items() if holds]


def _check_day(ask: Ask, limits: Limits) -> list[Problem]:
    too_far = limits.days_ahead is not None and ask.ship_on > ask.asked_on + timedelta(days=limits.days_ahead)
    return [Problem("ship_on", AskProblem.DAY)] if ask.ship_on < ask.asked_on or too_far else []
