"""A company is opened, written, sent to the agency and taken back, by its own people."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from accounts.models import User
from core import audit
from core.errors import NotAllowed, StaleEdit
from moderation.services import open_case, withdraw_case
from storefronts.adapters.registration import check_registration_number
from storefronts.choices import CompanyState, ProposalState, Role
from storefronts.exceptions import (
    BeingChecked,
    CompanyIncomplete,
    CompanyIsSuspended,
    NothingToCheck,
    UnknownFact,
    WrongCompanyState,
)
from storefronts.models import Company, CompanyRevision, Member
from storefronts.registry import tell_company_change
from storefronts.rules import (
    NO_NUMBER_REASON,
    PICTURE_FIELDS,
    REVIEWED_FIELDS,
    UNCHECKED_STATES,
    ChannelDraft,
    SiteDraft,
    is_renewable,
    list_changed,
    list_missing,
)
from storefronts.selectors.companies import CASE_KIND, find_open_revision, get_version, read_facts
from storefronts.services.agency import require_firm
from storefronts.services.places import write_channels, write_sites
from storefronts.services.private import write_told_facts

WRITABLE = (set(REVIEWED_FIELDS) - set(PICTURE_FIELDS)) | {NO_NUMBER_REASON}


@transaction.atomic
def open_company(*, user: User, facts: Mapping[str, Any], told: Mapping[str, Any] | None = None) -> Company:
    """Register a company; the person becomes its owner. The same person, name and country again give the same company as it is.

    `facts` holds legal_name, kind and country at least; `told` is for the agency alone (rules.TOLD_FIELDS). Officers have no
    companies: raises NotAllowed.
    """
    if user.is_officer:
        raise NotAllowed
    User.objects.select_for_update().get(pk=user.pk)
    again = (
        Company.objects.of_member(user, Role.OWNER)
        .filter(legal_name=facts["legal_name"], country=facts["country"])
        .first()
    )
    if again:
        return again
    company = Company(slug=find_free_slug(name=facts["legal_name"]), state=CompanyState.DRAFT)
    columns = {name: value for name, value in facts.items() if name in REVIEWED_FIELDS}
    apply_facts(company=company, facts=columns)
    company.save()
    Member.objects.create(company=company, user=user, role=Role.OWNER)
    CompanyRevision.objects.create(company=company, number=1, facts={**read_facts(company=company), **facts})
    audit.record("storefronts.company_opened", subject=company, actor=user, fields=columns)
    write_told_facts(company=company, told=told or {}, actor=user)
    return company


@transaction.atomic
def save_company_facts(*, member: Member, facts: Mapping[str, Any], version: str) -> CompanyRevision:
    """Write the open proposal, making one if none is open. Until an officer has approved the company, its columns follow at once.

    `version` comes from `selectors.get_version` when the form was made. Raises StaleEdit when somebody saved since,
    BeingChecked, CompanyIsSuspended, NotAllowed for viewers, UnknownFact.
    """
    company = lock_company(member=member)
    if unknown := set(facts) - WRITABLE:
        raise UnknownFact(field=min(unknown))
    if get_version(company=company) != version:
        raise StaleEdit
    revision = get_or_make_revision(company=company)
    changed = [name for name, value in facts.items() if revision.facts.get(name) != value]
    revision.facts = {**revision.facts, **facts}
    revision.edit_count += 1
    revision.save(update_fields=["facts", "edit_count", "updated_at"])
    follow_proposal(company=company, revision=revision)
    if changed:
        audit.record("storefronts.facts_saved", subject=company, actor=member.user, fields=changed)
    return revision


@transaction.atomic
def save_storefront(
    *,
    member: Member,
    version: str,
    facts: Mapping[str, Any],
    sites: Sequence[SiteDraft],
    channels: Sequence[ChannelDraft],
) -> CompanyRevision:
    """Save everything that the storefront form holds, or nothing: the facts as a proposal, places and contacts at once."""
    revision = save_company_facts(member=member, facts=facts, version=version)
    changed = write_sites(company=member.company, sites=sites, actor=member.user)
    changed |= write_channels(company=member.company, channels=channels, actor=member.user)
    if changed and member.company.is_public:
        tell_company_change(company_id=member.company.pk)
    return revision


@transaction.atomic
def send_storefront(
    *,
    member: Member,
    version: str,
    facts: Mapping[str, Any],
    sites: Sequence[SiteDraft],
    channels: Sequence[ChannelDraft],
) -> CompanyRevision:
    """Save the storefront form and send the company to the agency, or neither."""
    save_storefront(member=member, version=version, facts=facts, sites=sites, channels=channels)
    return submit_company(member=member)


@transaction.atomic
def submit_company(*, member: Member) -> CompanyRevision:
    """Send the proposal to the agency. One that waits already is simply returned, so a double click is harmless.

    Raises FirmNotConfirmed, CompanyIncomplete naming what is missing, NothingToCheck when it equals what was checked and needs no renewal.
    """
    require_firm(member=member)
    company = lock_company(member=member, in_review=True)
    revision = find_open_revision(company=company)
    if revision and revision.state == ProposalState.IN_REVIEW:
        return revision
    revision = revision or get_or_make_revision(company=company)
    missing = list_missing(revision.facts, has_channel=company.channels.exists())
    if missing:
        raise CompanyIncomplete(missing=missing)
    renewal = is_renewable(company.verified_until, timezone.localdate())
    if company.is_public and not renewal and not list_changed(read_facts(company=company), revision.facts):
        raise NothingToCheck
    revision.state, revision.submitted_at = ProposalState.IN_REVIEW, timezone.now()
    revision.save(update_fields=["state", "submitted_at", "updated_at"])
    _move(company, CompanyState.SUBMITTED)
    name = revision.facts["legal_name"]
    open_case(
        kind=CASE_KIND, subject_id=company.pk, title=name, company_name=name, changed_after_approval=company.is_public
    )
    audit.record("storefronts.company_sent", subject=company, actor=member.user, fields=["state"])
    return revision


@transaction.atomic
def withdraw_company_submission(*, member: Member) -> CompanyRevision:
    """Take the proposal back from the agency, to change it. Raises WrongCompanyState when none waits."""
    company = lock_company(member=member, in_review=True)
    revision = find_open_revision(company=company)
    if revision is None or revision.state != ProposalState.IN_REVIEW:
        raise WrongCompanyState
    revision.state, revision.submitted_at = ProposalState.DRAFT, None
    revision.save(update_fields=["state", "submitted_at", "updated_at"])
    _move(company, CompanyState.DRAFT)
    withdraw_case(kind=CASE_KIND, subject_id=company.pk)
    audit.record("storefronts.company_taken_back", subject=company, actor=member.user, fields=["state"])
    return revision


def lock_company(*, member: Member, in_review: bool = False) -> Company:
    """The member's company, locked and loaded anew, if they may write it now (`in_review`: also while an officer reads it)."""
    company = Company.objects.select_for_update().get(pk=member.company_id)
    role = Member.objects.filter(pk=member.pk, company=company).values_list("role", flat=True).first()
    if role not in {Role.OWNER, Role.EDITOR}:
        raise NotAllowed
    if company.state == CompanyState.SUSPENDED:
        raise CompanyIsSuspended
    if not in_review and company.revisions.filter(state=ProposalState.IN_REVIEW).exists():
        raise BeingChecked
    member.company = company
    return company


def get_or_make_revision(*, company: Company) -> CompanyRevision:
    """The open proposal of a locked company; a new one begins as what is public."""
    revision = find_open_revision(company=company)
    if revision:
        return revision
    last = company.revisions.first()
    kept = {NO_NUMBER_REASON: last.facts[NO_NUMBER_REASON]} if last and NO_NUMBER_REASON in last.facts else {}
    facts = {**read_facts(company=company), **kept}
    return CompanyRevision.objects.create(company=company, number=last.number + 1 if last else 1, facts=facts)


def follow_proposal(*, company: Company, revision: CompanyRevision) -> None:
    """While nobody has approved the company, its columns show the proposal, so that its own preview is right."""
    if company.state in UNCHECKED_STATES:
        apply_facts(company=company, facts=revision.facts)
        company.save(update_fields=list_columns())


def apply_facts(*, company: Company, facts: Mapping[str, Any]) -> None:
    """Set the columns from a proposal's facts and check the number's digits; does not save."""
    for name in REVIEWED_FIELDS:
        if name in facts and name in PICTURE_FIELDS:
            setattr(company, f"{name}_id", facts[name] or None)
        elif name in facts:
            setattr(company, name, facts[name])
    company.registration_check = check_registration_number(
        country=company.country, number=company.registration_number
    ).state


def list_columns() -> list[str]:
    """What `apply_facts` sets, for `save(update_fields=...)`."""
    return [*REVIEWED_FIELDS, "registration_check"]


def find_free_slug(*, name: str) -> str:
    """An address that no company has, made of its name; a few random letters where the name is taken or has no Latin letter."""
    slug = slugify(name)[:60].strip("-") or "company"
    if slug == "company" or Company.objects.filter(slug=slug).exists():
        slug = f"{slug}-{get_random_string(5, 'abcdefghjkmnpqrstuvwxyz23456789')}"
    return slug


def _move(company: Company, state: str) -> None:
    """A company that was never approved shows where its proposal is; a verified one stays verified."""
    if company.state in UNCHECKED_STATES:
        company.state = state
        company.save(update_fields=["state"])
