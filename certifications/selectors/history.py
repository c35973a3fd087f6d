"""What became of a certificate, as its company reads it: sent, asked about, decided, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from certifications.choices import CertificateState
from certifications.models import Certificate
from certifications.selectors.certificates import CASE_KIND, RECHECK_KIND
from moderation.choices import Outcome
from moderation.models import Appeal, Case, Decision
from moderation.selectors import find_appeal_address, find_open_appeal

KINDS = {Outcome.APPROVE: "ok", Outcome.CHANGES: "warn", Outcome.REJECT: "bad"}


@dataclass(frozen=True)
class Event:
    """One line of the history. `note` is the officer's own words, `reasons` what they chose from the list."""

    at: datetime
    label: str
    kind: str = ""
    note: str = ""
    reasons: Sequence[str] = ()


@dataclass(frozen=True)
class Ruling:
    """The last decision with its reasons, where it can be appealed ("" where not), and the appeal that waits."""

    decision: Decision | None
    appeal_url: str
    appeal: Appeal | None


def find_ruling(*, certificate: Certificate, can_edit: bool) -> Ruling:
    """What the agency decided last, while it still says something: not once the certificate was sent again."""
    decision = _list_decisions(certificate).first()
    if certificate.state == CertificateState.SUBMITTED:
        decision = None
    return Ruling(
        decision=decision,
        appeal_url=find_appeal_address(decision=decision) if can_edit else "",
        appeal=_find_waiting_appeal(certificate),
    )


def list_events(*, certificate: Certificate, day: date) -> list[Event]:
    """The history, oldest first; a fixed number of queries."""
    cases = Case.objects.filter(kind=CASE_KIND, subject_id=str(certificate.pk)).with_appeal()
    events = [_tell_case(case) for case in cases]
    events += [_tell_decision(decision) for decision in _list_decisions(certificate)]
    if certificate.state == CertificateState.WITHDRAWN:
        events.append(Event(certificate.updated_at, _("Withdrawn by your company")))
    if certificate.state == CertificateState.VERIFIED and certificate.valid_until and certificate.valid_until < day:
        ended = timezone.make_aware(datetime.combine(certificate.valid_until, time.max))
        events.append(Event(ended, _("Ended"), "bad"))
    return sorted(events, key=lambda event: event.at)


def _list_decisions(certificate: Certificate) -> QuerySet[Decision]:
    found = Decision.objects.filter(
        case__kind__in=[CASE_KIND, RECHECK_KIND], case__subject_id=str(certificate.pk), undone_at=None
    )
    return found.select_related("case").prefetch_related("reasons").order_by("-decided_at", "-id")


def _find_waiting_appeal(certificate: Certificate) -> Appeal | None:
    for kind in (CASE_KIND, RECHECK_KIND):
        appeal = find_open_appeal(kind=kind, subject_id=certificate.pk)
        if appeal:
            return appeal
    return None


def _tell_case(case: Case) -> Event:
    appeal = case.find_appeal()
    return Event(case.opened_at, _("You appealed") if appeal else _("Sent to the agency"), "info")


def _tell_decision(decision: Decision) -> Event:
    return Event(
        at=decision.decided_at, label=_name_decision(decision), kind=KINDS[Outcome(decision.outcome)], note=decision.note,
        reasons=[reason.statement_text for reason in decision.reasons.all()],
    )  # fmt: skip


def _name_decision(decision: Decision) -> str:
    if decision.case.kind == RECHECK_KIND:
        return _("Looked at again: it holds") if decision.outcome == Outcome.APPROVE else _("Revoked")
    words = {
        Outcome.APPROVE: _("Checked by an officer"),
        Outcome.CHANGES: _("Changes asked for"),
        Outcome.REJECT: _("Rejected"),
    }
    is_first_of_two = (
        decision.outcome == Outcome.APPROVE and decision.kept.get("after", [""])[0] == CertificateState.SUBMITTED
    )
    return _("Checked by the first of two officers") if is_first_of_two else words[Outcome(decision.outcome)]
