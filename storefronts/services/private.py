"""What a firm tells the agency alone, and corrects."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from core import audit
from core.errors import NotAllowed
from storefronts.choices import Role
from storefronts.exceptions import UnknownFact
from storefronts.models import AgencyFacts, Company, Member
from storefronts.rules import TOLD_FIELDS


@transaction.atomic
def tell_agency(*, member: Member, told: Mapping[str, Any]) -> AgencyFacts | None:
    """Keep what the owner tells for the agency's counts; an empty value takes the old one back. Owners only.

    None when there is nothing to keep and never was. Raises NotAllowed, UnknownFact.
    """
    company = Company.objects.select_for_update().get(pk=member.company_id)
    if not company.members.filter(pk=member.pk, role=Role.OWNER).exists():
        raise NotAllowed
    return write_told_facts(company=company, told=told, actor=member.user)


def write_told_facts(*, company: Company, told: Mapping[str, Any], actor: User) -> AgencyFacts | None:
    """The same of a locked or new company; the audit keeps which facts changed, never what they say."""
    if unknown := set(told) - set(TOLD_FIELDS):
        raise UnknownFact(field=min(unknown))
    kept = AgencyFacts.objects.select_for_update().filter(company=company).first()
    before = kept or AgencyFacts(company=company)
    changed = [name for name, value in told.items() if getattr(before, name) != value]
    if not changed:
        return kept
    for name in changed:
        setattr(before, name, told[name])
    before.save()
    audit.record("storefronts.agency_facts_told", subject=company, actor=actor, fields=changed)
    return before
