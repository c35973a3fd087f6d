"""Acts of support with one firm."""

from django.db.models import QuerySet

from accounts.models import User
from core.errors import NotFound
from reporting.models import SupportAct
from storefronts.models import Company

SHOWN = 3


def find_firm(*, officer: User, company_id: int) -> Company | None:
    """A firm in any state, for officers; None for everybody else."""
    return Company.objects.filter(pk=company_id).first() if officer.is_officer else None


def get_firm(*, officer: User, company_id: int) -> Company:
    """A firm in any state, for officers; NotFound for everybody else."""
    company = find_firm(officer=officer, company_id=company_id)
    if company is None:
        raise NotFound
    return company


def get_act(*, officer: User, act_id: int) -> SupportAct:
    """One act of support, for officers; NotFound for everybody else."""
    acts = SupportAct.objects.visible_to(officer).select_related("company", "officer", "voided_by")
    act = acts.filter(pk=act_id).first()
    if act is None:
        raise NotFound
    return act


def list_acts(*, officer: User, company: Company) -> QuerySet[SupportAct]:
    """All that was logged with a firm, struck-out ones too, newest first."""
    acts = SupportAct.objects.visible_to(officer).filter(company=company)
    return acts.select_related("officer", "voided_by").order_by("-day", "-pk")
