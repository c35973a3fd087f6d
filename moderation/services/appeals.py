"""A decision is appealed: its subject becomes a case again, for another officer."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from moderation.exceptions import AppealTextMissing, SubjectMovedOn
from moderation.models import Appeal, Case, Decision
from moderation.rules import get_due_time
from moderation.selectors.appeals import find_appeal_obstacle


@transaction.atomic
def record_appeal(*, decision: Decision, person: User, text: str) -> Case:
    """Open the case of an appeal; the first decision stands until it is decided and can no longer be undone.

    Called by the kind's own `reopen` service, in its transaction, with the subject locked and not yet changed. Raises
    NothingToAppeal, DecidedOnAppeal, AlreadyAppealed, AppealTooLate, SubjectMovedOn or AppealTextMissing.
    """
    if not text.strip():
        raise AppealTextMissing
    first = Case.objects.select_for_update().get(pk=decision.case_id)
    held = Decision.objects.select_for_update().get(pk=decision.pk)
    held.case = first
    now = timezone.now()
    if obstacle := find_appeal_obstacle(decision=held, now=now):
        raise obstacle
    case = _open(first)
    appeal = Appeal.objects.create(decision=held, case=case, author=person, text=text.strip(), made_at=now)
    held.undo_until = min(held.undo_until, now)
    held.save(update_fields=["undo_until"])
    audit.record("moderation.appealed", subject=held, actor=person, fields=["text"], values={"text": appeal.text})
    return case


def _open(first: Case) -> Case:
    now = timezone.now()
    try:
        with transaction.atomic():
            return Case.objects.create(
                kind=first.kind,
                subject_id=first.subject_id,
                title=first.title,
                company_name=first.company_name,
                changed_after_approval=first.changed_after_approval,
                opened_at=now,
                due_at=get_due_time(timezone.localtime(now)),
            )
    except IntegrityError as newer:  # one_open_case_per_subject: a newer version waits already
        raise SubjectMovedOn from newer
