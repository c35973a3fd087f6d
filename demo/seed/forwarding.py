"""Forwarders of the demo, and for the matrix a firm's own lookup that was put to the firm's own forwarder."""

from datetime import timedelta

from django.utils import timezone

from demo.seed.scopes import Scope
from shipping.models import Forwarder, ForwarderRequest, Lookup
from shipping.rules.forwarding import REQUEST_LASTS
from shipping.rules.loads import Package
from shipping.rules.lookups import FreightRequest, digest
from shipping.rules.zones import Place
from shipping.selectors.forwarding import build_link

FORWARDERS: tuple[tuple[str, str, str, list[str]], ...] = (
    ("Volta Freight (example)", "freight@volta.demo.example", "en", []),
    ("Golfe Transit (exemple)", "fret@golfe.demo.example", "en", ["BE", "DE", "FR", "GB", "NL"]),
)


def plant_forwarders() -> int:
    """The agency's forwarders, once; how many there are. Their names say that they are examples."""
    for name, email, language, countries in FORWARDERS:
        Forwarder.objects.get_or_create(
            company=None, email=email, defaults={"name": name, "language": language, "countries": countries}
        )
    return len(FORWARDERS)


def plant_forwarding_of(scope: Scope) -> None:
    """A lookup that the firm asked for itself, its forwarder, and the link that the forwarder was mailed."""
    now = timezone.now()
    goods = FreightRequest(
        Place("GH", city="Ho"), Place("DE", "20457", "Hamburg"), (Package("carton", 20, 12_500, 400, 300, 300),),
        timezone.localdate() + timedelta(days=30), "Washed Arabica",
    ).as_plain()  # fmt: skip
    key = digest(goods)
    lookup = Lookup.objects.create(
        company=scope.company, audience="company", key=key, ask_key=key, load_key=key, request=goods, state="complete", asked_at=now, settle_by=now, settled_at=now,
        fresh_until=now + timedelta(hours=6),
    )  # fmt: skip
    mailbox = scope.canary("forwarder")
    forwarder = Forwarder.objects.create(company=scope.company, name="Matrix Lines", email=f"{mailbox}@matrix.example")
    agencys = Forwarder.objects.create(name="Agency Lines", email=f"agency-{scope.name}@matrix.example")
    request = ForwarderRequest.objects.create(
        lookup=lookup, forwarder=forwarder, asked_by=scope.owner, asked_at=now, expires_at=now + REQUEST_LASTS
    )
    scope.objects |= {
        "own_lookup": str(lookup.pk), "forwarder": forwarder.pk, "agency_forwarder": agencys.pk,
        "freight_token": build_link(request=request).rstrip("/").rpartition("/")[2],
    }  # fmt: skip
