"""What appeals and reports must know of a company: who its people are, whether it is as it was decided, whether it is public."""

from typing import Any

from django.urls import reverse

from moderation.models import Case, Decision
from moderation.rules import Party, Recipient, Reported
from storefronts.choices import CompanyState, ProposalState, Role
from storefronts.models import Company, CompanyRevision, Member

REFUSED_STATES = (ProposalState.CHANGES_ASKED, ProposalState.REJECTED)


def list_company_recipients(*, company: Company) -> list[Recipient]:
    """Who gets statements of reasons: owners and editors."""
    writers = company.members.filter(role__in=[Role.OWNER, Role.EDITOR], user__is_active=True).select_related("user")
    return [Recipient(member.user.email, member.user.full_name, member.user.language) for member in writers]


def find_party_of(*, company_id: Any, person: Any) -> Party | None:
    """What somebody is to a company; None for a stranger."""
    member = Member.objects.filter(company=company_id, user=person).first()
    return Party(can_edit=member.can_edit) if member else None


def find_company_id(*, case: Case) -> int:
    """The company of a case about a company."""
    return int(case.subject_id)


def get_reported_company_id(*, subject_id: int) -> int:
    """A reported company is itself the company."""
    return subject_id


def find_company_party(*, case: Case, person: Any) -> Party | None:
    """What somebody is to the company of a case."""
    return find_party_of(company_id=case.subject_id, person=person)


def is_as_decided(*, revision: CompanyRevision | None, decision: Decision) -> bool:
    """This proposal is what was decided about, and no word or picture of it has changed since."""
    if revision is None or revision.before.get("decision") != decision.pk:
        return False
    sent = revision.before.get("sent", revision.facts)
    return bool(revision.before["edit_count"] == revision.edit_count and sent == revision.facts)


def is_company_unchanged(*, decision: Decision) -> bool:
    """The company's newest proposal is the refused one, as it was decided."""
    revision = CompanyRevision.objects.filter(company_id=int(decision.case.subject_id)).first()
    refused = revision is not None and revision.state in REFUSED_STATES
    return refused and is_as_decided(revision=revision, decision=decision)


def find_public_company(*, subject_id: int) -> Reported | None:
    """A public storefront, as a report speaks of it."""
    company = Company.objects.public().filter(pk=subject_id).first()
    return _describe(company) if company else None


def describe_company(*, subject_id: int) -> Reported:
    """A company in any state, as a report speaks of it."""
    return _describe(Company.objects.get(pk=subject_id))


def find_reported_company_party(*, subject_id: int, person: Any) -> Party | None:
    """What somebody is to a reported company."""
    return find_party_of(company_id=subject_id, person=person)


def list_reported_company_recipients(*, subject_id: int) -> list[Recipient]:
    """Who hears what the agency decided about a report."""
    return list_company_recipients(company=Company.objects.get(pk=subject_id))


def is_company_out(*, subject_id: int) -> bool:
    """The agency has suspended it."""
    return Company.objects.filter(pk=subject_id, state=CompanyState.SUSPENDED).exists()


def _describe(company: Company) -> Reported:
    return Reported(
        title=company.legal_name,
        company_name=company.legal_name,
        url=company.get_absolute_url(),
        record_url=reverse("admin:storefronts_company_change", args=[company.pk]),
        workspace_url=reverse("storefronts:edit", args=[company.slug]),
    )
