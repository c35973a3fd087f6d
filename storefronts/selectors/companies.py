"""Companies: what is public of them, what is proposed, and who may see which."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Lower

from core.errors import NotFound
from storefronts.choices import CompanyState, ProposalState
from storefronts.models import Company, CompanyRevision
from storefronts.rules import PICTURE_FIELDS, REVIEWED_FIELDS

OPEN_STATES = (ProposalState.DRAFT, ProposalState.IN_REVIEW, ProposalState.CHANGES_ASKED)
CASE_KIND = "company"
PICTURES = ("logo__renditions", "cover__renditions")


def list_storefronts() -> QuerySet[Company]:
    """Public storefronts by name, with what a card of them shows."""
    return (
        Company.objects.public()
        .select_related("logo")
        .prefetch_related("logo__renditions")
        .order_by(Lower("legal_name"), "id")
    )


def list_storefront_countries() -> list[str]:
    """The countries that a public storefront stands in."""
    return list(Company.objects.public().order_by("country").values_list("country", flat=True).distinct())


def get_storefront(*, user: Any, slug: str) -> Company:
    """A storefront that the person may see: a public one, one of their own, any for officers. Raises NotFound otherwise."""
    rows = (
        Company.objects.visible_to(user)
        .select_related("logo", "cover", "verified_by")
        .prefetch_related(*PICTURES, "sites", "channels")
    )
    company = rows.filter(slug=slug).first()
    if company is None:
        raise NotFound
    return company


def get_public_storefront(*, slug: str) -> Company:
    """A public storefront; raises NotFound for every other one, whoever asks."""
    rows = Company.objects.public().select_related("logo", "cover").prefetch_related(*PICTURES, "sites", "channels")
    company = rows.filter(slug=slug).first()
    if company is None:
        raise NotFound
    return company


def read_facts(*, company: Company) -> dict[str, Any]:
    """The reviewed facts as the columns hold them, in the shape of a revision's `facts`."""
    facts = {name: getattr(company, name) for name in REVIEWED_FIELDS if name not in PICTURE_FIELDS}
    return {**facts, **{name: str(getattr(company, f"{name}_id") or "") for name in PICTURE_FIELDS}}


def find_open_revision(*, company: Company) -> CompanyRevision | None:
    """The one proposal that is written, waits, or was sent back."""
    return company.revisions.filter(state__in=OPEN_STATES).first()


def find_last_revision(*, company: Company) -> CompanyRevision | None:
    """The latest proposal, open or decided."""
    return company.revisions.first()


def get_proposed_facts(*, company: Company) -> dict[str, Any]:
    """What the exporter works on: the open proposal over the public facts."""
    revision = find_open_revision(company=company)
    return {**read_facts(company=company), **(revision.facts if revision else {})}


def get_version(*, company: Company) -> str:
    """Which state of the proposal a form was made from; another one by the time it comes back means a second tab."""
    revision = find_last_revision(company=company)
    if revision is None:
        return "1:0"
    return f"{revision.number}:{revision.edit_count}" if revision.state in OPEN_STATES else f"{revision.number + 1}:0"


def list_lookalikes(*, company: Company, facts: dict[str, Any]) -> QuerySet[Company]:
    """Other companies of that country with the same number or the same name, drafts left out."""
    others = Company.objects.filter(country=facts["country"]).exclude(pk=company.pk).exclude(state=CompanyState.DRAFT)
    same_name = others.filter(legal_name__iexact=facts["legal_name"])
    number = facts.get("registration_number")
    return (same_name | others.filter(registration_number__iexact=number)) if number else same_name
