"""Which inquiries the audit of a company is about, and what was asked about; never who asked."""

from collections.abc import Sequence

from inquiries.models import Inquiry

MOST = 1000


def list_subject_ids(*, company_id: int) -> list[str]:
    """The keys of the company's liveliest inquiries, as the audit writes them (engines write UUIDs in different ways, so no subquery)."""
    rows = Inquiry.objects.of_company(company_id).order_by("-last_message_at").values_list("pk", flat=True)
    return [str(pk) for pk in rows[:MOST]]


def name_subjects(*, subject_ids: Sequence[str]) -> dict[str, str]:
    """Key to the product's or company's name as it was when it was asked."""
    rows = Inquiry.objects.filter(pk__in=subject_ids).order_by().values_list("pk", "subject")
    return {str(pk): subject for pk, subject in rows}
