"""What a lookup's request becomes for carriers, and what its answers depend on beside the request."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from listings.models import Listing, ListingRevision
from reference.rules import EUROPEAN_UNION
from shipping.choices import AttemptState, Audience, ProviderKind
from shipping.models import Attempt, CarrierAccount, TariffVersion
from shipping.providers.base import Ask
from shipping.rules.loads import load_loose
from shipping.rules.lookups import FreightRequest
from shipping.rules.weights import Piece
from shipping.selectors.landed_cost import Order, find_origin, list_packages, price_goods
from shipping.selectors.profiles import find_ship_day, find_usual_profile


def build_request(*, listing: Listing, revision: ListingRevision, order: Order, user: Any) -> FreightRequest:
    """The order of a product as a lookup's request, for the day on which the goods leave. Raises MeasureMissing where nobody has said how it is packed.

    Its value for customs is the price that this reader may see; where they may not, carriers are told none.
    """
    goods, _why = price_goods(listing=listing, revision=revision, quantity=order.quantity, user=user)
    profile = find_usual_profile(company_id=listing.company_id)
    return FreightRequest(
        find_origin(listing=listing, profile=profile), order.destination, list_packages(revision=revision, quantity=order.quantity),
        find_ship_day(profile=profile, today=timezone.localdate()), goods=revision.title[:80], hs_code=revision.hs_code, customs_value=goods,
        is_dangerous=revision.is_dangerous or bool(revision.un_number), un_number=revision.un_number, quantity=order.quantity,
    )  # fmt: skip


def find_stamp(
    *, day: date, company_id: int, accounts: Sequence[CarrierAccount], told: Sequence[Attempt]
) -> list[list[object]]:  # fmt: skip
    """Changes when a card is published or ends, when an account comes, goes or changes, when a forwarder has answered. One query."""
    versions = TariffVersion.objects.valid_on(day).open_to(company_id).order_by("pk").values_list("pk", flat=True)
    known = [[account.pk, account.state, account.changed_at.isoformat()] for account in accounts]
    return [list(versions), [*known], [attempt.pk for attempt in told]]


def list_forwarded(*, company_id: int, load_key: str, day: date, by_company: bool) -> list[Attempt]:
    """What forwarders have answered about the same load and still holds on the day, with the offers. Two queries.

    What they told an exporter is for the exporter; what they told a buyer is for everybody.
    """
    rows = Attempt.objects.filter(
        kind=ProviderKind.FORWARDER, state=AttemptState.OK, copied_from=None, lookup__company=company_id, lookup__load_key=load_key,
        offers__valid_until__gte=day,
    )  # fmt: skip
    open_ones = rows if by_company else rows.filter(lookup__audience=Audience.BUYERS)
    return list(open_ones.order_by("pk").distinct().prefetch_related("offers"))


def make_ask(*, request: FreightRequest) -> Ask:
    """The request as a carrier is asked: single packages, no pallets; a value only where the goods cross a customs border.

    The same for all carriers of a lookup but for the key, which is empty here. Raises MeasureMissing.
    """
    today = timezone.localdate()
    pieces = [
        Piece(Decimal(unit.box.length_mm), Decimal(unit.box.width_mm), Decimal(unit.box.height_mm), Decimal(unit.weight_g), unit.count)
        for unit in load_loose(request.packages).units
    ]  # fmt: skip
    inside = {request.origin.country, request.destination.country}
    crosses = len(inside) > 1 and not inside <= EUROPEAN_UNION
    return Ask(
        "", request.origin, request.destination, tuple(pieces), max(request.ship_on, today), today,
        request.customs_value if crosses else None, request.goods, request.hs_code, dangerous_goods=request.is_dangerous,
    )  # fmt: skip
