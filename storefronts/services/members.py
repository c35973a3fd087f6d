"""The agency enters its members, and each firm takes over what was entered; nothing is public before that and before a check."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import audit
from core.errors import NotAllowed
from core.limits import spend
from core.mail import queue_mail
from storefronts.adapters.member_files import MemberRow
from storefronts.choices import CompanyState, Role
from storefronts.exceptions import AlreadyConfirmed, CodeUnknown, MemberRowsFaulty
from storefronts.models import AgencyFacts, ClaimCode, Company, CompanyRevision, ContactChannel, Invitation, Member
from storefronts.selectors.companies import read_facts
from storefronts.selectors.members import hash_token
from storefronts.selectors.members_import import ImportPlan, RowPlan, plan_members
from storefronts.services.agency import end_drafting
from storefronts.services.companies import apply_facts, find_free_slug

INVITATION_LASTS, CODE_LASTS = timedelta(days=60), timedelta(days=120)
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without signs that are read for one another on paper."""
CODE_LENGTH = 12
MOST_TRIES, TRIES_SECONDS = 10, 3600
COLUMNS = ("legal_name", "kind", "country", "region", "city", "registration_number")
PRIVATE = (
    "member_number",
    "sector",
    "contact_name",
    "owner_sex",
    "jobs_women",
    "jobs_men",
    "exports_last_year",
    "exports_currency",
    "exports_year",
)
CHANNELS = ("email", "phone", "website")


@transaction.atomic
def import_members(*, officer: User, rows: Iterable[MemberRow]) -> ImportPlan:
    """Enter the firms of a list, all or none; officers may. Firms that are known already stay as they are.

    Raises NotAllowed, and MemberRowsFaulty when a single row is wrong.
    """
    if not officer.is_officer:
        raise NotAllowed
    plan = plan_members(rows=rows)
    if plan.faulty:
        raise MemberRowsFaulty
    for row in plan.rows:
        if row.act == "add":
            _enter(row, officer)
    return plan


def _enter(row: RowPlan, officer: User) -> None:
    facts = {name: row.values[name] for name in COLUMNS}
    company = Company(slug=find_free_slug(name=facts["legal_name"]), state=CompanyState.DRAFT)
    apply_facts(company=company, facts=facts)
    company.save()
    CompanyRevision.objects.create(company=company, number=1, facts={**read_facts(company=company), **facts})
    ContactChannel.objects.bulk_create(
        ContactChannel(company=company, kind=kind, value=row.values[kind]) for kind in CHANNELS if row.values[kind]
    )
    private = {name: row.values[name] for name in PRIVATE}
    AgencyFacts.objects.create(company=company, contact_email=row.values["email"], entered_by=officer, **private)
    audit.record("storefronts.company_entered_by_agency", subject=company, actor=officer, fields=[*COLUMNS, *PRIVATE])


@transaction.atomic
def invite_firms(*, officer: User, company_ids: Sequence[int], language: str) -> int:
    """Mail an invitation to each chosen firm that has an address and nobody yet; how many left. An open one is not sent again."""
    if not officer.is_officer:
        raise NotAllowed
    sent, now = 0, timezone.now()
    for company in _lock_unconfirmed(company_ids):
        email = company.agency_facts.contact_email
        waiting = company.invitations.filter(accepted_at=None, revoked_at=None)
        waiting.filter(expires_at__lte=now).update(revoked_at=now)
        if not email or waiting.filter(email__iexact=email).exists():
            continue
        token = secrets.token_urlsafe(32)
        invitation = Invitation.objects.create(
            company=company, email=email, role=Role.OWNER, token_hash=hash_token(token=token), invited_by=officer, expires_at=now + INVITATION_LASTS,
        )  # fmt: skip
        context = {
            "company": company.legal_name, "url": settings.SITE_URL + reverse("storefronts:invitation", args=[token]), "expires_at": invitation.expires_at,
        }  # fmt: skip
        queue_mail(to=email, template="firm_invitation", context=context, language=language)
        audit.record(
            "storefronts.firm_invited", subject=company, actor=officer, fields=["role"], values={"email": email}
        )
        sent += 1
    return sent


@transaction.atomic
def make_claim_codes(*, officer: User, company_ids: Sequence[int]) -> list[tuple[Company, str]]:
    """New codes to print for the chosen firms that nobody has taken over; an older code of a firm stops working. They are told once."""
    if not officer.is_officer:
        raise NotAllowed
    made = []
    for company in _lock_unconfirmed(company_ids):
        company.claim_codes.filter(used_at=None).delete()
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        expires_at = timezone.now() + CODE_LASTS
        ClaimCode.objects.create(
            company=company, code_hash=hash_token(token=code), made_by=officer, expires_at=expires_at
        )
        audit.record("storefronts.claim_code_made", subject=company, actor=officer, fields=["code"])
        made.append((company, "-".join(code[place : place + 4] for place in range(0, CODE_LENGTH, 4))))
    return made


def find_claim(*, user: User, code: str) -> ClaimCode:
    """The open code that reads so; ten tries an hour. Raises CodeUnknown, TooOften, NotAllowed for officers."""
    if user.is_officer:
        raise NotAllowed
    spend(what="claim_code", who=str(user.pk), most=MOST_TRIES, seconds=TRIES_SECONDS)
    plain = "".join(letter for letter in code.upper() if letter in ALPHABET)
    found = ClaimCode.objects.select_related("company").filter(code_hash=hash_token(token=plain), used_at=None).first()
    if found is None or found.expires_at <= timezone.now():
        raise CodeUnknown
    return found


@transaction.atomic
def claim_company(*, user: User, code: str) -> Member:
    """The person becomes the owner of the firm; the code is used up, and open invitations to it are taken back. Raises what `find_claim` raises, AlreadyConfirmed."""
    claim = find_claim(user=user, code=code)
    company = Company.objects.select_for_update().get(pk=claim.company_id)
    if company.members.filter(is_agency=False).exists():
        raise AlreadyConfirmed
    if not ClaimCode.objects.filter(pk=claim.pk, used_at=None).update(used_at=timezone.now(), used_by=user):
        raise CodeUnknown
    end_drafting(company=company)
    company.invitations.filter(accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())
    member = Member.objects.create(company=company, user=user, role=Role.OWNER)
    audit.record("storefronts.company_claimed", subject=company, actor=user, fields=["role"])
    return member


def _lock_unconfirmed(company_ids: Sequence[int]) -> list[Company]:
    list(Company.objects.select_for_update().filter(pk__in=company_ids).order_by("pk"))
    rows = Company.objects.unconfirmed().filter(pk__in=company_ids)  # read after the locks: somebody may just have come
    return list(rows.select_related("agency_facts").order_by("pk"))
