"""What follows when buyers come to see a certificate differently."""

from certifications.models import Certificate
from certifications.registry import tell_certificate_change
from core.jobs import enqueue

CREDENTIAL_JOB = "certifications.follow_certificate"


def follow_change(*, certificate: Certificate) -> None:
    """Tell the apps above, and have a worker sign or revoke what stands, in the caller's transaction."""
    tell_certificate_change(certificate_id=certificate.pk)
    enqueue(CREDENTIAL_JOB, key=str(certificate.pk), certificate_id=certificate.pk)
