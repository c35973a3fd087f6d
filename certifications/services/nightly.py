"""Each night every certificate is looked at: its ticks again, reminders before it ends, and what follows when it has ended."""

from datetime import date

from django.urls import reverse

from certifications.choices import CertificateState
from certifications.models import Certificate
from certifications.registry import tell_certificate_change
from certifications.rules.validity import find_reminder_due
from certifications.selectors.certificates import RECHECK_KIND
from certifications.services.fit import list_failing, write_fit
from core.jobs import Run, enqueue
from moderation.services import open_case
from notifications.services import notify_person
from storefronts.choices import Role

NIGHT_JOB, LOOK_JOB = "certifications.look_at_certificates", "certifications.look_at_certificate"
LOOKED_AT = (CertificateState.SUBMITTED, CertificateState.VERIFIED)
BATCH = 500
ENDING, ENDED = "certificate_ending", "certificate_ended"


def look_at_certificates(*, run: Run, day: str) -> None:
    """Ask for a look at each certificate that was not looked at on this day; called by a job, safe to repeat.

    Each is a job of its own, so that a worker that dies costs the night nothing.
    """
    on = date.fromisoformat(day)
    ids = list(Certificate.objects.filter(state__in=LOOKED_AT).not_looked_at_on(on).values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        with run.effect():
            for certificate_id in ids[start : start + BATCH]:
                enqueue(LOOK_JOB, key=f"{certificate_id}:{day}", certificate_id=certificate_id, day=day)


def look_at_certificate(*, run: Run, certificate_id: int, day: str) -> None:
    """One certificate's night, all in one transaction: done once for each day, whatever dies in between."""
    on = date.fromisoformat(day)
    with run.effect():
        rows = Certificate.objects.select_for_update(of=("self",)).select_related("company", "scheme", "issuer")
        certificate = rows.filter(pk=certificate_id, state__in=LOOKED_AT).not_looked_at_on(on).first()
        if certificate is None:
            return
        _judge_again(certificate, on)
        if certificate.state == CertificateState.VERIFIED:
            _follow_the_days(certificate, on)
        certificate.looked_on = on
        certificate.save(update_fields=["looked_on", "reminded"])


def _judge_again(certificate: Certificate, day: date) -> None:
    """A verified certificate whose tick has turned to fail is looked at by an officer again."""
    before = list_failing(certificate=certificate)
    write_fit(certificate=certificate, day=day)
    news = list_failing(certificate=certificate) - before
    if certificate.is_valid_on(day) and news:
        open_case(
            kind=RECHECK_KIND,
            subject_id=certificate.pk,
            title=str(certificate),
            company_name=certificate.company.legal_name,
            changed_after_approval=True,
        )


def _follow_the_days(certificate: Certificate, day: date) -> None:
    before = certificate.looked_on
    is_valid = certificate.is_valid_on(day)
    if before is not None and certificate.is_valid_on(before) != is_valid:
        tell_certificate_change(certificate_id=certificate.pk)
    if certificate.valid_until is None or _has_successor(certificate):
        return
    if day > certificate.valid_until:
        if before is None or before <= certificate.valid_until:
            _tell(certificate, kind=ENDED, key=f"{certificate.pk}:{certificate.valid_until}", days=0)
        return
    due = find_reminder_due(valid_until=certificate.valid_until, day=day, sent=frozenset(certificate.reminded))
    if due is not None:
        certificate.reminded = [*certificate.reminded, due]
        days = (certificate.valid_until - day).days
        _tell(certificate, kind=ENDING, key=f"{certificate.pk}:{certificate.valid_until}:{due}", days=days)


def _has_successor(certificate: Certificate) -> bool:
    """The next one is verified already, or waits for an officer."""
    return certificate.replaced_by.filter(state__in=LOOKED_AT).exists()


def _tell(certificate: Certificate, *, kind: str, key: str, days: int) -> None:
    url = reverse("certificates:edit", args=[certificate.company.slug, certificate.public_id])
    writers = certificate.company.members.filter(role__in=[Role.OWNER, Role.EDITOR]).select_related("user")
    for member in writers:
        context = {"certificate": certificate, "days": days, "recipient_name": member.user.short_name}
        notify_person(person=member.user, kind=kind, key=key, url=url, template=kind, context=context)
