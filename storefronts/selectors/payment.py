"""Where buyers pay, for those who may read it; and what buyers are warned of while it changes."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from core.doctor import Finding
from core.errors import NotFound
from core.models import AuditEntry
from core.secrets import SecretUnreadable, decrypt
from storefronts.choices import CompanyState, PaymentState
from storefronts.models import ContactChannel, Member, PaymentDetails
from storefronts.rules import NEW_ACCOUNT_FOR, NUMBERS_STAND_FOR, PaymentFacts


@dataclass(frozen=True)
class BankNotice:
    """Why buyers are careful: a change waits, or the account is a new one. `since` is when that began."""

    is_waiting: bool
    since: datetime


@dataclass(frozen=True)
class PaymentPage:
    """What an owner sees: what is used, what waits, and what was before. Numbers are masked to their last four characters."""

    active: PaymentDetails | None
    waiting: PaymentDetails | None
    earlier: Sequence[PaymentDetails]


def get_payment_page(*, member: Member) -> PaymentPage:
    """The company's accounts, the newest first. One query."""
    rows = list(PaymentDetails.objects.filter(company_id=member.company_id).select_related("asked_by"))
    found = {row.state: row for row in rows if row.state in {PaymentState.ACTIVE, PaymentState.WAITING}}
    earlier = [row for row in rows if row.state not in {PaymentState.ACTIVE, PaymentState.WAITING}][:20]
    return PaymentPage(found.get(PaymentState.ACTIVE), found.get(PaymentState.WAITING), earlier)


def find_bank_notice(*, company_id: int, now: datetime) -> BankNotice | None:
    """A change that runs, or an account that replaced another less than fourteen days ago; None when all is as it was. One query."""
    rows = list(PaymentDetails.objects.filter(company_id=company_id).order_by("-asked_at"))
    waiting = next((row for row in rows if row.state == PaymentState.WAITING), None)
    if waiting is not None:
        return BankNotice(is_waiting=True, since=waiting.asked_at)
    has_replaced = any(row.state == PaymentState.REPLACED for row in rows)
    active = next((row for row in rows if row.state == PaymentState.ACTIVE), None)
    if active is None or active.used_from is None or not has_replaced or now - active.used_from > NEW_ACCOUNT_FOR:
        return None
    return BankNotice(is_waiting=False, since=active.used_from)


def read_payment_details(*, company_id: int) -> PaymentFacts | None:
    """The account in use of a verified company, decrypted; None where there is none. Only the pro forma of an accepted quotation may ask.

    While the agency has suspended a firm, no paper of the house tells anybody to pay it.
    """
    rows = PaymentDetails.objects.filter(company_id=company_id, company__state=CompanyState.VERIFIED)
    active = rows.filter(state=PaymentState.ACTIVE).first()
    return PaymentFacts(**json.loads(decrypt(active.sealed))) if active else None


def list_waiting_changes(*, officer: Any) -> QuerySet[PaymentDetails]:
    """Every change that waits, for officers, the oldest first; NotFound for everybody else."""
    if not officer.is_officer:
        raise NotFound
    rows = PaymentDetails.objects.filter(state=PaymentState.WAITING).select_related("company", "asked_by", "called_by")
    return rows.order_by("asked_at")


def count_uncalled_changes() -> int:
    """How many changes wait for an officer's call. One query."""
    return PaymentDetails.objects.filter(state=PaymentState.WAITING, called_by=None).count()


def get_waiting_change(*, officer: Any, details_id: int) -> PaymentDetails:
    """One change that waits, for officers; raises NotFound."""
    found = list_waiting_changes(officer=officer).filter(pk=details_id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class NumbersToCall:
    """The firm's numbers on file; none where they were changed shortly before the change of the account, or since: `changed_at`."""

    numbers: Sequence[ContactChannel]
    changed_at: datetime | None


def list_numbers_to_call(*, details: PaymentDetails) -> NumbersToCall:
    """Numbers that stood for thirty days before the account was asked for: the audit knows when contacts were changed. Two queries."""
    changes = AuditEntry.objects.filter(
        action="storefronts.contacts_changed", subject_kind="storefronts.company", subject_id=str(details.company_id),
        at__gt=details.asked_at - NUMBERS_STAND_FOR,
    )  # fmt: skip
    last = changes.order_by("-at").values_list("at", flat=True).first()
    if last is not None:
        return NumbersToCall((), last)
    return NumbersToCall(list(details.company.channels.filter(kind__in=["phone", "whatsapp"])), None)


def look_at_field_keys() -> Iterator[Finding]:
    """Whether the keys in the folder open every account. Fills core's doctor."""
    rows = list(PaymentDetails.objects.values_list("sealed", flat=True))
    try:
        for sealed in rows:
            decrypt(sealed)
    except SecretUnreadable:
        advice = "Bring the file field-*.key back into the folder of keys (docs/howto/field-keys.md)."
        yield Finding(
            "Keys of encrypted fields", "An account of an exporter cannot be read: its key is not here.", advice
        )
        return
    yield Finding("Keys of encrypted fields", f"{len(rows)} accounts can be read.")
