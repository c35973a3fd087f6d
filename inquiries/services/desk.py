"""How a company arranges its answering: who does it, what it says again and again, when it is away."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from core import audit
from core.errors import NotAllowed, NotFound
from inquiries.exceptions import AbsenceImpossible, NotAColleague, TemplateNameTaken
from inquiries.models import Absence, Inquiry, ReplyTemplate
from inquiries.rules.clock import LONGEST_ABSENCE, is_absence_possible
from inquiries.rules.messages import Reader, clean_name, clean_text
from inquiries.selectors.threads import get_seat
from inquiries.services.clock import move_due_times
from inquiries.services.telling import ASSIGNED, tell_person
from storefronts.models import Member


@transaction.atomic
def assign_inquiry(*, reader: Reader, inquiry_id: UUID, member_id: int | None) -> Inquiry:
    """Give an inquiry to a colleague, who is told, or to everybody again (None). May: members who may edit.

    Raises NotFound for strangers, NotAllowed for viewers and buyers, NotAColleague.
    """
    seat = get_seat(reader=reader, inquiry_id=inquiry_id, for_update=True)
    if seat.member is None or not seat.can_write:
        raise NotAllowed
    inquiry = seat.inquiry
    colleague = inquiry.company.members.select_related("user").filter(pk=member_id or 0).first()
    if member_id is not None and (colleague is None or not colleague.can_edit):
        raise NotAColleague
    if inquiry.assigned_to == colleague:
        return inquiry
    inquiry.assigned_to = colleague
    inquiry.save(update_fields=["assigned_to"])
    audit.record("inquiries.assigned", subject=inquiry, actor=reader.user, fields=["assigned_to"])
    if colleague is not None and colleague.user != reader.user:
        key = f"{inquiry.pk}:{colleague.pk}:{timezone.now():%Y%m%d%H%M%S}"
        context = {"giver": str(reader.user), "due_at": inquiry.answer_due_at}
        tell_person(
            person=colleague.user, inquiry=inquiry, kind=ASSIGNED, key=key, template="inquiry_assigned", context=context
        )
    return inquiry


@transaction.atomic
def tell_absence(*, member: Member, back_on: date) -> Absence:
    """The company is away from today until the day before `back_on`: the clock of what is not late stands still, buyers read it.

    May: members who may edit. Raises NotAllowed, AbsenceImpossible.
    """
    _require_editor(member)
    today = timezone.localdate()
    if not is_absence_possible(today=today, back_on=back_on):
        raise AbsenceImpossible(latest=date_format(today + LONGEST_ABSENCE, "j M Y"))
    running = Absence.objects.select_for_update().filter(company_id=member.company_id, back_on__gt=today).first()
    absence = running or Absence(company_id=member.company_id, first_day=today)
    absence.back_on = back_on
    absence.save()
    audit.record("inquiries.absence_told", subject=member.company, actor=member.user, fields=["back_on"])
    move_due_times(company=member.company)
    return absence


@transaction.atomic
def end_absence(*, member: Member) -> None:
    """Back earlier than told: the clock runs again from today. May: members who may edit."""
    _require_editor(member)
    today = timezone.localdate()
    absence = Absence.objects.select_for_update().filter(company_id=member.company_id, back_on__gt=today).first()
    if absence is None:
        return
    if absence.first_day >= today:
        absence.delete()
    else:
        absence.back_on = today
        absence.save(update_fields=["back_on"])
    audit.record("inquiries.absence_ended", subject=member.company, actor=member.user, fields=["back_on"])
    move_due_times(company=member.company)


@transaction.atomic
def save_reply_template(*, member: Member, template_id: int | None, name: str, text: str) -> ReplyTemplate:
    """Keep words for later, new (None) or changed. May: members who may edit. Raises NotFound, EmptyMessage, TemplateNameTaken."""
    _require_editor(member)
    template = ReplyTemplate(company=member.company)
    if template_id is not None:
        found = ReplyTemplate.objects.select_for_update().filter(pk=template_id, company=member.company).first()
        if found is None:
            raise NotFound
        template = found
    template.name, template.text, template.updated_by = clean_name(name)[:60], clean_text(text), member.user
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:  # another template of the company has this name
        raise TemplateNameTaken from error
    return template


@transaction.atomic
def delete_reply_template(*, member: Member, template_id: int) -> None:
    """Forget a template; harmless when it is gone already. May: members who may edit."""
    _require_editor(member)
    ReplyTemplate.objects.filter(pk=template_id, company=member.company).delete()


def _require_editor(member: Member) -> None:
    if not member.can_edit:
        raise NotAllowed
