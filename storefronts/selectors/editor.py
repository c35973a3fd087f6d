"""What the page of the storefront's form shows besides the form."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from core.templatetags.ui import listed
from moderation.models import Appeal, Decision
from moderation.selectors import find_appeal_address, find_open_appeal, find_report_appeal_address
from reference.selectors import get_country_name, get_language_name
from storefronts.choices import CompanyKind, CompanyState, ProposalState
from storefronts.models import Company, CompanyRevision, Member
from storefronts.rules import PICTURE_FIELDS, REVIEWED_FIELDS
from storefronts.selectors.companies import CASE_KIND, find_last_revision, read_facts
from storefronts.selectors.fairness import REFUSED_STATES
from storefronts.selectors.pictures import CompanyShot, list_company_shots


@dataclass(frozen=True)
class Editor:
    """The state of the proposal. `can_write` is False for viewers, while an officer reads it, and under a suspension."""

    facts: dict[str, Any]
    revision: CompanyRevision | None
    shots: list[CompanyShot]
    spec: list[dict[str, Any]]
    can_write: bool
    can_take_back: bool
    in_review: bool
    note: str
    appeal_url: str
    appeal: Appeal | None

    @property
    def is_waiting_for_pictures(self) -> bool:
        return any(shot.is_unfinished for shot in self.shots)


def get_editor(*, member: Member) -> Editor:
    """The proposal that the company's people work on, or the last one that was decided."""
    company, revision = member.company, find_last_revision(company=member.company)
    decided = revision is None or revision.state in {ProposalState.APPROVED, ProposalState.REJECTED}
    facts = (
        read_facts(company=company)
        if revision is None or decided
        else {**read_facts(company=company), **revision.facts}
    )
    if revision and decided and "no_number_reason" in revision.facts:
        facts["no_number_reason"] = revision.facts["no_number_reason"]
    in_review = revision is not None and revision.state == ProposalState.IN_REVIEW
    free = company.state != CompanyState.SUSPENDED and not in_review
    told = revision is not None and revision.state in {ProposalState.CHANGES_ASKED, ProposalState.REJECTED}
    return Editor(
        facts=facts,
        revision=revision,
        shots=list_company_shots(facts=facts),
        spec=_list_spec(facts),
        can_write=member.can_edit and free,
        can_take_back=member.can_edit and in_review,
        in_review=in_review,
        note=revision.note if revision and told else "",
        appeal_url=_find_appeal_address(company, revision) if member.can_edit else "",
        appeal=find_open_appeal(kind=CASE_KIND, subject_id=company.pk) if in_review else None,
    )


def _find_appeal_address(company: Company, revision: CompanyRevision | None) -> str:
    if company.state == CompanyState.SUSPENDED:
        return find_report_appeal_address(kind="exporter", subject_id=company.pk)
    if revision is None or revision.state not in REFUSED_STATES:
        return ""
    decision = Decision.objects.select_related("case").filter(pk=revision.before.get("decision")).first()
    return find_appeal_address(decision=decision)


def _list_spec(facts: dict[str, Any]) -> list[dict[str, Any]]:
    names = [name for name in REVIEWED_FIELDS if name not in PICTURE_FIELDS]
    return [
        {"label": gettext(REVIEWED_FIELDS[name]), "value": describe_fact(name=name, value=facts.get(name))}
        for name in names
    ]


def describe_fact(*, name: str, value: Any) -> str:
    """A fact in the reader's words: names instead of codes; "" when it is missing."""
    if not value:
        return ""
    if value is True:
        return gettext("Yes")
    values = value if isinstance(value, list) else [value]
    return listed(_say_one(name, str(one)) for one in values)


def _say_one(name: str, value: str) -> str:
    if name == "kind":
        return str(CompanyKind(value).label)
    if name == "languages":
        return get_language_name(code=value)
    return (
        get_country_name(code=value, language=get_language() or "en")
        if name in {"country", "export_markets"}
        else value
    )
