"""Which certificates the audit of a company is about, and what they are called."""

from collections.abc import Sequence

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from certifications.models import Certificate


def list_subject_ids(*, company_id: int) -> QuerySet[Certificate, str]:
    """The keys of the company's certificates, as text."""
    return Certificate.objects.filter(company=company_id).order_by().values_list(Cast("pk", CharField()), flat=True)


def name_subjects(*, subject_ids: Sequence[str]) -> dict[str, str]:
    """Key to the name of its scheme."""
    rows = Certificate.objects.filter(pk__in=subject_ids).values_list("pk", "scheme__name")
    return {str(pk): name for pk, name in rows}
