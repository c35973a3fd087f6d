"""Rate cards of measurements: ten published tariffs, each from ten countries to 100 zones in ten weight breaks, 100,000 prices in all."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from reference.selectors import list_countries
from shipping.models import Area, CardPrice, CardSurcharge, Tariff, TariffVersion, Zone

TARIFFS, BREAKS_KG = 10, (0, 10, 20, 45, 70, 100, 300, 500, 1000, 2000)
MODES = ("courier", "air", "lcl", "post", "road")
ORIGINS, PREFIXES = ("GH", "CI", "TG", "BJ", "NG", "SN", "ML", "BF", "LR", "SL"), ("10", "20", "80")
COUNTRIES = 96
FIRST = ("DE", "US", "GB", "FR", "NL")
"""Countries that measurements ask about, so that every card serves them."""
BATCH = 5000


@transaction.atomic
def plant_tariffs(*, officer: User) -> int:
    """All of them, once; how many prices there are."""
    if not CardPrice.objects.exists():
        for number in range(TARIFFS):
            _plant_tariff(number, officer)
    return CardPrice.objects.count()


def settle_statistics() -> None:
    """What autovacuum would do within a minute."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def list_served() -> list[str]:
    """The countries that every card serves."""
    others = sorted(code for code, _name in list_countries(language="en") if code not in {*FIRST, *ORIGINS})
    return [*FIRST, *others][:COUNTRIES]


def _plant_tariff(number: int, officer: User) -> None:
    mode, today = MODES[number % len(MODES)], timezone.localdate()
    tariff = Tariff.objects.create(
        code=f"bench-{number}", name=f"Bench {number}", owner_kind="forwarder", forwarder=f"Forwarder {number}", mode=mode
    )  # fmt: skip
    version = TariffVersion.objects.create(
        tariff=tariff, number=1, state="published", valid_from=today - timedelta(days=30), valid_until=today + timedelta(days=300), currency="EUR",
        divisor_cm3_per_kg=5000 if mode in {"courier", "post"} else 6000, shipment_rounding="ceil_0.5", minimum_charge=Decimal(40 + number),
        source="bench", sha256="0" * 64, imported_by=officer, published_by=officer, published_at=timezone.now(),
    )  # fmt: skip
    zones = [Zone(version=version, side="origin", name=code) for code in ORIGINS]
    zones += [Zone(version=version, side="destination", name=name) for name, *_member in _list_members()]
    zones += [Zone(version=version, side="area", name="Islands")]
    made = {(zone.side, zone.name): zone for zone in Zone.objects.bulk_create(zones)}
    areas = [Area(zone=made["origin", code], kind="country", country=code) for code in ORIGINS]
    areas += [
        Area(zone=made["destination", name], kind=kind, country=country, value=value)
        for name, kind, country, value in _list_members()
    ]
    Area.objects.bulk_create([*areas, Area(zone=made["area", "Islands"], kind="prefix", country="DE", value="27")])
    CardPrice.objects.bulk_create(_list_prices(version, made, number), batch_size=BATCH)
    CardSurcharge.objects.bulk_create(_list_surcharges(version, made["area", "Islands"]))


def _list_members() -> Iterator[tuple[str, str, str, str]]:
    """A zone's name and what it holds: a country each, parts of Germany, and the rest of the European Union."""
    yield from ((code, "country", code, "") for code in list_served())
    yield from ((f"DE {prefix}", "prefix", "DE", prefix) for prefix in PREFIXES)
    yield "Union", "group", "", "EU"


def _list_prices(version: TariffVersion, zones: dict[tuple[str, str], Zone], number: int) -> Iterator[CardPrice]:
    basis = "per_wm" if version.tariff.mode == "lcl" else "per_kg"
    for origin in ORIGINS:
        for place, (name, *_member) in enumerate(_list_members()):
            for step, starts_at in enumerate(BREAKS_KG):
                price = Decimal(900 - 40 * step + 3 * place + number) / 100
                yield CardPrice(
                    version=version, origin=zones["origin", origin], destination=zones["destination", name], basis=basis, starts_at=starts_at,
                    price=price, transit_days=3 + place % 20,
                )  # fmt: skip


def _list_surcharges(version: TariffVersion, islands: Zone) -> list[CardSurcharge]:
    fuel = {"code": "fuel", "name": "Fuel", "percent": Decimal("12.5"), "applies_to": ["freight", "islands"]}
    security = {"code": "security", "name": "Security", "per_kg": Decimal("0.15"), "minimum": Decimal(10)}
    remote = {"code": "islands", "name": "Islands", "flat": Decimal(35), "area": islands}
    return [CardSurcharge(version=version, position=place, **one) for place, one in enumerate((fuel, security, remote))]
