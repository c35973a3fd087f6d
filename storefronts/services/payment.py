"""Where buyers pay: asked for by an owner with a second factor, called back by an officer, in use after 72 hours; nobody hurries it."""

import json
from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.rules import SecondFactorProof
from core import audit
from core.errors import NotAllowed, NotFound
from core.jobs import Run, enqueue
from core.mail import queue_mail
from core.secrets import encrypt, encrypt_anew
from storefronts.choices import CompanyState, PaymentState, Role
from storefronts.exceptions import (
    CallNoteMissing,
    CompanyNotVerified,
    NumberMissing,
    OwnPaymentChange,
    PaymentChangeEnded,
    PaymentChangeRuns,
    PaymentReasonMissing,
    SecondFactorNeeded,
    SecondFactorTooNew,
)
from storefronts.models import Company, Member, PaymentDetails
from storefronts.rules import FACTOR_AGE, PAYMENT_WAITS, PROOF_LASTS, PaymentFacts, clean_payment

USE_JOB = "storefronts.use_payment_details"


@transaction.atomic
def ask_payment_change(*, member: Member, facts: PaymentFacts, proof: SecondFactorProof | None) -> PaymentDetails:
    """Ask for an account that buyers shall pay to, the first one too. Every owner is mailed; it is used after 72 hours and an officer's call.

    May: owners of a verified company, who have proved a second factor of more than a day within the last five minutes. Raises
    NotAllowed, CompanyNotVerified, SecondFactorNeeded, SecondFactorTooNew, PaymentChangeRuns, and what `clean_payment` does.
    """
    company, now = _lock(member.company_id), timezone.now()
    if not company.members.filter(user=member.user, role=Role.OWNER).exists():
        raise NotAllowed
    if company.state != CompanyState.VERIFIED:
        raise CompanyNotVerified
    if proof is None or now - proof.at > PROOF_LASTS:
        raise SecondFactorNeeded
    if now - proof.since < FACTOR_AGE:
        raise SecondFactorTooNew
    kept = clean_payment(facts)
    if company.payment_details.filter(state=PaymentState.WAITING).exists():
        raise PaymentChangeRuns
    details = PaymentDetails.objects.create(
        company=company, sealed=encrypt(json.dumps(asdict(kept), ensure_ascii=False)), last_four=kept.number[-4:], asked_by=member.user,
        asked_at=now, usable_from=now + PAYMENT_WAITS,
    )  # fmt: skip
    enqueue(USE_JOB, key=str(details.pk), due_at=details.usable_from, details_id=details.pk)
    _record(details, "asked", member.user)
    _mail_owners(details, "asked")
    return details


@transaction.atomic
def cancel_payment_change(*, member: Member, details_id: int) -> PaymentDetails:
    """An owner takes a change back while it waits: nothing was ever paid there. Raises NotFound, NotAllowed, PaymentChangeEnded."""
    company = _lock(member.company_id)
    if not company.members.filter(user=member.user, role=Role.OWNER).exists():
        raise NotAllowed
    details = _get_waiting(details_id, company)
    return _end(details, PaymentState.CANCELLED, member.user)


@transaction.atomic
def note_call(*, officer: User, details_id: int, number: str, note: str) -> PaymentDetails:
    """An officer has called the firm on a number known before, and writes down with whom they spoke. With the 72 hours it is then used.

    May: officers who are no members of the firm. Raises NotFound, OwnPaymentChange, NumberMissing, CallNoteMissing, PaymentChangeEnded.
    """
    details = _hold_as_officer(officer, details_id)
    kept, called = " ".join(note.split())[:500], " ".join(number.split())[:40]
    if not called:
        raise NumberMissing
    if not kept:
        raise CallNoteMissing
    details.called_by, details.called_at, details.called_number, details.call_note = (
        officer,
        timezone.now(),
        called,
        kept,
    )
    details.save(update_fields=["called_by", "called_at", "called_number", "call_note"])
    _record(details, "called_back", officer)
    _use_if_ready(details)
    return details


@transaction.atomic
def refuse_payment_change(*, officer: User, details_id: int, reason: str) -> PaymentDetails:
    """The firm knows of no change, or nobody could be reached: it is never used. Owners are told why. Raises as `note_call`."""
    details = _hold_as_officer(officer, details_id)
    kept = " ".join(reason.split())[:300]
    if not kept:
        raise PaymentReasonMissing
    details.reason = kept
    details.save(update_fields=["reason"])
    return _end(details, PaymentState.REFUSED, officer)


def use_payment_details(*, run: Run, details_id: int) -> None:
    """The 72 hours are over: use it, if an officer has called. Called by a job, harmless to repeat."""
    with run.effect():
        found = PaymentDetails.objects.select_related("company").filter(pk=details_id).first()
        if found is not None:
            _lock(found.company_id)
            details = (
                PaymentDetails.objects.select_for_update(of=("self",)).select_related("company").get(pk=details_id)
            )
            _use_if_ready(details)


@transaction.atomic
def seal_anew() -> int:
    """Encrypt every row under the newest key; how many. Raises SecretUnreadable. Fills core's registry of rotations."""
    rows = list(PaymentDetails.objects.select_for_update().order_by("pk"))
    for row in rows:
        row.sealed = encrypt_anew(row.sealed)
        row.save(update_fields=["sealed"])
    return len(rows)


def _lock(company_id: int) -> Company:
    return Company.objects.select_for_update().get(pk=company_id)


def _get_waiting(details_id: int, company: Company) -> PaymentDetails:
    details = PaymentDetails.objects.select_for_update().filter(pk=details_id, company=company).first()
    if details is None:
        raise NotFound
    if details.state != PaymentState.WAITING:
        raise PaymentChangeEnded
    details.company = company
    return details


def _hold_as_officer(officer: User, details_id: int) -> PaymentDetails:
    company_id = PaymentDetails.objects.filter(pk=details_id).values_list("company_id", flat=True).first()
    if company_id is None or not officer.is_officer:
        raise NotFound
    company = _lock(company_id)
    if company.members.filter(user=officer).exists():
        raise OwnPaymentChange
    return _get_waiting(details_id, company)


def _use_if_ready(details: PaymentDetails) -> None:
    now = timezone.now()
    if details.state != PaymentState.WAITING or details.called_by_id is None or now < details.usable_from:
        return
    if details.company.state != CompanyState.VERIFIED:
        return
    details.company.payment_details.filter(state=PaymentState.ACTIVE).update(state=PaymentState.REPLACED, ended_at=now)
    details.state, details.used_from = PaymentState.ACTIVE, now
    details.save(update_fields=["state", "used_from"])
    _record(details, "used", None)
    _mail_owners(details, "used")


def _end(details: PaymentDetails, state: PaymentState, actor: User) -> PaymentDetails:
    details.state, details.ended_at = state, timezone.now()
    details.save(update_fields=["state", "ended_at"])
    _record(details, state.value, actor)
    _mail_owners(details, state.value)
    return details


def _record(details: PaymentDetails, what: str, actor: User | None) -> None:
    audit.record(f"storefronts.payment_{what}", subject=details.company, actor=actor, fields=["payment_details"])


def _mail_owners(details: PaymentDetails, event: str) -> None:
    """All owners hear of every step, so that one whose account was taken over is not the only one who knows."""
    url = f"{settings.SITE_URL}{reverse('storefronts:payment', args=[details.company.slug])}"
    owners = details.company.members.select_related("user").filter(role=Role.OWNER, user__is_active=True)
    for owner in owners:
        context = {
            "event": event, "company": details.company, "last_four": details.last_four, "asked_by": str(details.asked_by), "url": url,
            "usable_from": details.usable_from, "reason": details.reason, "recipient_name": owner.user.short_name,
        }  # fmt: skip
        queue_mail(to=owner.user.email, template="payment_change", language=owner.user.language, context=context)
