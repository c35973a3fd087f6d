"""What the trial stands on: the stand's product with a place that goods leave from, rate cards, and accounts at carriers."""

import json
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from bench.shipping.carriers import CALLS, HANGS
from bench.shipping.tariffs import plant_tariffs, settle_statistics
from core.models import Allowance
from core.secrets import encrypt
from listings.choices import ListingState
from listings.models import Listing
from shipping.models import CarrierAccount, Lookup, ShippingProfile
from stand.seed import OFFICER

CARRIERS = ("mydhl", "ups", "fedex")
QUIET_S = 30


@dataclass(frozen=True)
class Ground:
    """The product that everybody asks about, who brought the cards in, and how many prices they hold."""

    listing: int
    officer: User
    prices: int


def lay_ground() -> Ground:
    """Plant what is missing."""
    officer = User.objects.get(email=OFFICER)
    listing = Listing.objects.select_related("company").filter(state=ListingState.LIVE).earliest("pk")
    if not ShippingProfile.objects.filter(company=listing.company_id).exists():
        ShippingProfile.objects.create(
            company=listing.company, name="Works", is_default=True, country="GH", postcode="GA184", city="Accra", changed_at=timezone.now()
        )  # fmt: skip
    prices = plant_tariffs(officer=officer)
    settle_statistics()
    return Ground(listing.pk, officer, prices)


def open_accounts(number: int, *, hanging: str = "") -> None:
    """So many accounts of the agency, the same number at each carrier, and nobody else's. One of them hangs where it has a name.

    It is a new one each time: an account that has failed five times is left alone for a minute, and would not be asked at all. Nothing
    of this hour is spent: all ask about one exporter's goods, whose accounts a crowd may use 300 times.
    """
    Allowance.objects.all().delete()
    names = [(carrier, f"{carrier}-{place}") for place in range(number // len(CARRIERS)) for carrier in CARRIERS]
    if hanging:
        names[0] = ("mydhl", f"{HANGS}-{hanging}")
    CarrierAccount.objects.update(state="off")
    for carrier, name in names:
        sealed = {f"sealed_{part}": encrypt(name) for part in ("number", "user", "secret")}
        CarrierAccount.objects.update_or_create(
            company=None, carrier=carrier, name=name, defaults={"is_for_buyers": True, "state": "active"}, create_defaults={"is_for_buyers": True, **sealed}
        )  # fmt: skip


def count_calls() -> Mapping[str, int]:
    """How often the carriers were asked for prices, by account; under “tokens” how many tokens they gave out."""
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with straight.open(f"{settings.CARRIER_LOOPBACK}{CALLS}", timeout=5) as answer:
        found: Mapping[str, int] = json.load(answer)
    return found


def wait_until_quiet() -> None:
    """No lookup runs any more, so that one measurement does not slow the next."""
    deadline = time.monotonic() + QUIET_S
    while Lookup.objects.filter(state="running").exists():
        if time.monotonic() > deadline:
            raise TimeoutError(f"a lookup runs for more than {QUIET_S} s")
        time.sleep(0.2)
