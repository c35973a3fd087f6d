"""What a storefront shows of its company's certificates."""

from typing import Any

from django.utils import timezone

from certifications.selectors.certificates import list_public_certificates
from certifications.selectors.shown import describe_certificate, name_section
from storefronts.models import Company

MOST = 24


def select_storefront_certificates(*, company: Company, user: Any, language: str) -> dict[str, Any] | None:  # noqa: ARG001  every slot is given the same
    """Fill the slot "storefront.side" with what is valid today, the best checked first; None without any."""
    day = timezone.localdate()
    found = list_public_certificates(company_ids=[company.pk], day=day)[:MOST]
    shown = [describe_certificate(certificate=certificate, day=day) for certificate in found]
    return {"certificates": shown, "heading": name_section(shown=shown)} if shown else None
