"""The exporter's own forwarders: written down, changed, switched off and on again."""

from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from core import audit
from core.errors import NotAllowed, NotFound
from shipping.exceptions import ForwarderKnown
from shipping.models import Forwarder
from shipping.services.forwarding import renew_links
from storefronts.models import Member


@dataclass(frozen=True)
class ForwarderFacts:
    """What is kept of a forwarder: `countries` as ISO 3166 codes, none for anywhere."""

    name: str
    email: str
    language: str
    countries: list[str]


@transaction.atomic
def add_forwarder(*, member: Member, facts: ForwarderFacts) -> Forwarder:
    """Write down a forwarder of the firm; owners and editors may. Raises NotAllowed, ForwarderKnown."""
    _require_editor(member)
    forwarder = Forwarder(company=member.company, **asdict(facts))
    _save(forwarder)
    audit.record("shipping.forwarder_added", subject=forwarder, actor=member.user, fields=["name", "email"])
    return forwarder


@transaction.atomic
def change_forwarder(*, member: Member, forwarder_id: int, facts: ForwarderFacts) -> Forwarder:
    """Change one; with another address, open requests go there under another link. May: owners and editors.

    Raises NotAllowed, NotFound, ForwarderKnown.
    """
    forwarder = _lock(member, forwarder_id)
    changed = [name for name, value in asdict(facts).items() if getattr(forwarder, name) != value]
    for name in changed:
        setattr(forwarder, name, getattr(facts, name))
    if changed:
        _save(forwarder)
        audit.record("shipping.forwarder_changed", subject=forwarder, actor=member.user, fields=changed)
    if "email" in changed:
        renew_links(forwarder=forwarder)
    return forwarder


@transaction.atomic
def switch_off_forwarder(*, member: Member, forwarder_id: int) -> Forwarder:
    """Ask them no more; what was asked can still be answered. May: owners and editors. Raises NotAllowed, NotFound."""
    return _switch(member, forwarder_id, is_active=False)


@transaction.atomic
def switch_on_forwarder(*, member: Member, forwarder_id: int) -> Forwarder:
    """They may be asked again. May: owners and editors. Raises NotAllowed, NotFound."""
    return _switch(member, forwarder_id, is_active=True)


def _switch(member: Member, forwarder_id: int, *, is_active: bool) -> Forwarder:
    forwarder = _lock(member, forwarder_id)
    if forwarder.is_active != is_active:
        forwarder.is_active = is_active
        forwarder.save(update_fields=["is_active"])
        audit.record("shipping.forwarder_changed", subject=forwarder, actor=member.user, fields=["is_active"])
    return forwarder


def _require_editor(member: Member) -> None:
    if not member.can_edit:
        raise NotAllowed


def _lock(member: Member, forwarder_id: int) -> Forwarder:
    _require_editor(member)
    rows = Forwarder.objects.select_for_update(of=("self",)).filter(company=member.company_id, pk=forwarder_id)
    forwarder = rows.first()
    if forwarder is None:
        raise NotFound
    return forwarder


def _save(forwarder: Forwarder) -> None:
    """The database keeps two of one address apart."""
    try:
        with transaction.atomic():
            forwarder.save()
    except IntegrityError as error:
        raise ForwarderKnown from error
