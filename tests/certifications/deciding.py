"""Officers and their cases, as the services need them."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from certifications.choices import CheckMethod, CheckResult
from certifications.models import Certificate
from certifications.selectors.certificates import get_version
from certifications.services.checks import record_check
from certifications.services.decisions import decide_certificate, decide_recheck
from certifications.services.submission import submit_certificate
from core import jobs
from moderation.models import Case, Reason
from moderation.rules import Ruling
from tests.listings.factories import make_officer

CONFIRMED = {"method": CheckMethod.REGISTER, "result": CheckResult.CONFIRMED, "text": "Valid, Golden Honey Ltd"}


def submit(member, certificate):
    return submit_certificate(
        member=member, public_id=certificate.public_id, version=get_version(certificate=certificate)
    )


def case_of(certificate, kind="certificate"):
    return Case.objects.filter(kind=kind, subject_id=str(certificate.pk)).latest("pk")


def decide(certificate, *, outcome="approve", officer=None, note="", **details):
    """Reload the certificate and decide its case; the decision."""
    reasons = () if outcome == "approve" else (Reason.objects.filter(kind="certificate").first().pk,)
    ruling = Ruling(outcome=outcome, reason_ids=reasons, note=note, details=details)
    return decide_certificate(case=case_of(certificate), officer=officer or make_officer(), ruling=ruling)


def recheck(certificate, *, outcome, officer=None):
    reasons = () if outcome == "approve" else (Reason.objects.get(code="revoked-by-issuer").pk,)
    ruling = Ruling(outcome=outcome, reason_ids=reasons)
    return decide_recheck(case=case_of(certificate, "recheck"), officer=officer or make_officer(), ruling=ruling)


def check(certificate, *, officer=None, **words):
    return record_check(officer=officer or make_officer(), certificate_id=certificate.pk, **(CONFIRMED | words))


def verify(member, certificate, *, level=2):
    """Sent, confirmed in the register, approved, and all jobs done; the certificate anew."""
    submit(member, certificate)
    if level > 1:
        check(certificate)
    decide(certificate, evidence_level=level)
    jobs.run_due_jobs()
    return Certificate.objects.get(pk=certificate.pk)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def officers(number):
    """So many active officers in all."""
    made = [make_officer() for _ in range(number - User.objects.officers().count())]
    return [*User.objects.officers().exclude(pk__in=[officer.pk for officer in made]), *made]
