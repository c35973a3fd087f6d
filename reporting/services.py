"""What officers do: log an act of support, and strike out what was logged by mistake."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.audit import record
from core.errors import NotFound
from reporting.exceptions import AlreadyVoided, VoidReasonMissing
from reporting.models import SupportAct
from reporting.rules import REPEAT_WITHIN, SupportFacts, check_support
from storefronts.models import Company

FIELDS = ("kind", "day", "minutes", "cost", "currency", "note")


@transaction.atomic
def log_support(*, officer: User, company_id: int, facts: SupportFacts) -> SupportAct:
    """Write down what the officer did for a firm; the same again within a minute gives the first.

    Officers may. Raises NotFound, and what `check_support` raises.
    """
    company = _lock_company(officer, company_id)
    check_support(facts, today=timezone.localdate())
    now = timezone.now()
    told = {name: getattr(facts, name) for name in FIELDS} | {"note": facts.note.strip()}
    same = SupportAct.objects.standing().filter(company=company, officer=officer, **told)
    first = same.filter(created_at__gt=now - REPEAT_WITHIN).order_by("pk").first()
    if first is not None:
        return first
    act = SupportAct.objects.create(company=company, officer=officer, created_at=now, **told)
    record("reporting.support_logged", subject=act, actor=officer, fields=FIELDS)
    return act


@transaction.atomic
def void_support(*, officer: User, act_id: int, reason: str) -> SupportAct:
    """Strike an act out: it stays readable, with who, when and why, and no longer counts.

    Officers may. Raises NotFound, VoidReasonMissing, AlreadyVoided.
    """
    rows = SupportAct.objects.visible_to(officer).select_for_update(of=("self",)).select_related("company")
    act = rows.filter(pk=act_id).first()
    if act is None:
        raise NotFound
    if not reason.strip():
        raise VoidReasonMissing
    if act.is_voided:
        raise AlreadyVoided
    act.voided_at, act.voided_by, act.void_reason = timezone.now(), officer, reason.strip()
    act.save(update_fields=["voided_at", "voided_by", "void_reason"])
    record("reporting.support_voided", subject=act, actor=officer, fields=["voided_at", "voided_by", "void_reason"])
    return act


def _lock_company(officer: User, company_id: int) -> Company:
    """The firm's row: of two presses of the button, the second waits here for the first."""
    rows = Company.objects.select_for_update(no_key=True).filter(pk=company_id) if officer.is_officer else None
    company = rows.first() if rows is not None else None
    if company is None:
        raise NotFound
    return company
