"""A checked certificate as pages show it: what, by whom, how it was checked, when, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certifications.choices import Paper
from certifications.models import Certificate
from certifications.rules.validity import ENDS_SOON_DAYS
from storefronts.choices import EvidenceLevel


@dataclass(frozen=True)
class ShownCertificate:
    """What components/certificate.html shows. `paper` names what is no certificate, "" for one; `ending` says how long it runs."""

    url: str
    name: str
    paper: str
    has_seal: bool
    is_document_seen: bool
    issuer: str
    number: str
    until: str
    ending: str
    level: str
    checked: str


def describe_certificate(*, certificate: Certificate, day: date) -> ShownCertificate:
    """A certificate that came with scheme and issuer, on a day on which it is valid. No queries."""
    until = certificate.valid_until
    days_left = (until - day).days if until else None
    return ShownCertificate(
        url=certificate.get_absolute_url(),
        name=certificate.scheme.name,
        paper="" if is_called_certificate(certificate=certificate) else certificate.scheme.get_paper_display(),
        has_seal=certificate.shows_seal_on(day),
        is_document_seen=certificate.evidence_level == EvidenceLevel.DOCUMENT_SEEN,
        issuer=certificate.issuer.name if certificate.issuer else certificate.issuer_name,
        number=certificate.number,
        until=date_format(until, "j M Y") if until else "",
        ending=_say_days_left(days_left) if days_left is not None and days_left <= ENDS_SOON_DAYS else "",
        level=certificate.get_evidence_level_display(),
        checked=_say_who_checked(certificate),
    )


def is_called_certificate(*, certificate: Certificate) -> bool:
    """An audit report, a registration, a declaration or a mark is never called a certificate."""
    return certificate.scheme.paper == Paper.CERTIFICATE


def name_section(*, shown: Sequence[ShownCertificate]) -> str:
    """The heading above them; it speaks of certificates only where nothing else is among them."""
    if any(one.paper for one in shown):
        return _("Checked papers")
    return _("Checked certificates")


def _say_days_left(days: int) -> str:
    if days == 0:
        return _("Last day")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def _say_who_checked(certificate: Certificate) -> str:
    if certificate.verified_at is None:
        return ""
    return _("Checked by %(agency)s on %(day)s.") % {
        "agency": settings.AGENCY_NAME,
        "day": date_format(timezone.localtime(certificate.verified_at), "j M Y"),
    }
