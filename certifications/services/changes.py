"""What follows when buyers come to see a certificate differently."""

from certifications.choices import CertificateState
from certifications.models import Certificate
from certifications.registry import tell_certificate_change
from core.jobs import enqueue

ISSUE_JOB, REVOKE_JOB = "certifications.issue_credential", "certifications.revoke_credentials"


def follow_change(*, certificate: Certificate) -> None:
    """Tell the apps above and have a worker sign or revoke, in the caller's transaction."""
    tell_certificate_change(certificate_id=certificate.pk)
    job = ISSUE_JOB if certificate.state == CertificateState.VERIFIED else REVOKE_JOB
    enqueue(job, key=str(certificate.pk), certificate_id=certificate.pk)
