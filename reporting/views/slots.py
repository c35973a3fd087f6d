"""What stands on pages of lower floors: the last acts of support with a firm, and the form for another."""

from typing import Any

from django.urls import reverse

from moderation.models import Case
from moderation.registry import find_company_of_case
from reporting.forms import SupportForm
from reporting.selectors.support import SHOWN, find_firm, list_acts
from storefronts.models import Company


def select_case_support(*, case: Case, user: Any) -> dict[str, Any] | None:
    """Fill the slot "case.side": support for the firm whose case it is. Three queries at most, and what a report of a product asks."""
    company_id = find_company_of_case(case=case)
    company = find_firm(officer=user, company_id=company_id) if company_id else None
    if company is None:
        return None
    return build_panel(company=company, user=user, back=reverse("admin:moderation_case", args=[case.pk]))


def select_record_support(*, company: Company | None, user: Any) -> dict[str, Any] | None:
    """Fill the slot "company.record". One query."""
    if company is None or not user.is_officer:
        return None
    return build_panel(company=company, user=user, back=reverse("admin:storefronts_company_change", args=[company.pk]))


def build_panel(*, company: Company, user: Any, back: str, form: SupportForm | None = None) -> dict[str, Any]:
    """What `reporting/parts/panel.html` shows. One query."""
    acts = list(list_acts(officer=user, company=company)[: SHOWN + 1])
    return {
        "company": company, "acts": acts[:SHOWN], "has_more": len(acts) > SHOWN, "form": form or SupportForm(), "back": back,
        "url": reverse("admin:reporting_support", args=[company.pk]),
    }  # fmt: skip
