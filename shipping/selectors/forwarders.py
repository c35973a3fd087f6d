"""The register of forwarders: an exporter's own, and whether mails reach them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from core.errors import NotFound
from core.models import SuppressedAddress
from notifications.models import SilencedAddress
from reference.selectors import get_country_name
from shipping.choices import ForwarderRequestState
from shipping.models import Forwarder, ForwarderRequest
from storefronts.models import Member

ASKED_KIND = "forwarder_asked"


@dataclass(frozen=True)
class ForwarderRow:
    """One forwarder as the exporter's page shows it. `countries` are names; none: anywhere."""

    forwarder: Forwarder
    countries: Sequence[str]
    takes_mails: bool
    waiting: int


def list_forwarders(*, member: Member) -> list[ForwarderRow]:
    """The firm's own forwarders with how many requests wait for them; four queries."""
    rows = list(Forwarder.objects.filter(company=member.company_id))
    waiting = Counter(
        ForwarderRequest.objects.filter(forwarder__in=rows, state=ForwarderRequestState.ASKED).values_list(
            "forwarder_id", flat=True
        )
    )
    unreachable = find_unreachable(addresses=[row.email for row in rows])
    language = get_language() or "en"
    return [
        ForwarderRow(
            row, sorted(get_country_name(code=code, language=language) for code in row.countries),
            row.email.lower() not in unreachable, waiting[row.pk],
        )
        for row in rows
    ]  # fmt: skip


def get_forwarder(*, member: Member, forwarder_id: int) -> Forwarder:
    """One of the firm's own. Raises NotFound."""
    found = Forwarder.objects.filter(company=member.company_id).filter(pk=forwarder_id).first()
    if found is None:
        raise NotFound
    return found


def find_unreachable(*, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses, in lower case, that bounced or whose owner stopped our mails; two queries."""
    asked = {address.lower() for address in addresses}
    bounced = SuppressedAddress.objects.filter(address__in=asked).values_list("address", flat=True)
    silenced = SilencedAddress.objects.filter(address__in=asked, kind=ASKED_KIND).values_list("address", flat=True)
    return {*bounced, *silenced}
