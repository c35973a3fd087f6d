"""What a company's people did, told from the audit in words; nothing is stored for it, and personal values stay out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from core.models import AuditEntry
from storefronts.models import Company
from storefronts.registry import find_act, list_acts, list_subjects

COMPANY_KIND = "storefronts.company"


@dataclass(frozen=True)
class ActivityLine:
    """One act: who as a name for the avatar, the whole sentence, and when."""

    who: str
    sentence: SafeString
    at: datetime


def list_activity(*, company: Company) -> QuerySet[AuditEntry]:
    """The acts on the company and on what belongs to it that somebody has words for, the latest first.

    Only acts of people: jobs have no actor. For owners and editors.
    """
    about = Q(subject_kind=COMPANY_KIND, subject_id=str(company.pk))
    for subjects in list_subjects():
        about |= Q(subject_kind=subjects.kind, subject_id__in=subjects.list_ids(company_id=company.pk))
    actions = {act.action for act in list_acts()}
    return AuditEntry.objects.filter(about, action__in=actions, actor_id__isnull=False).order_by("-id")


def tell_activity(*, company: Company, entries: Sequence[AuditEntry]) -> list[ActivityLine]:
    """Entries of `list_activity` in the reader's language. One query for the people, one for each kind of subject."""
    people = User.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    names = {COMPANY_KIND: {str(company.pk): company.legal_name}}
    for subjects in list_subjects():
        wanted = [entry.subject_id for entry in entries if entry.subject_kind == subjects.kind]
        names[subjects.kind] = dict(subjects.name(subject_ids=wanted)) if wanted else {}
    return [_tell(entry, people, names.get(entry.subject_kind, {})) for entry in entries]


def _tell(entry: AuditEntry, people: Mapping[int, User], names: Mapping[str, str]) -> ActivityLine:
    who = _name_person(people.get(entry.actor_id or 0))
    what = names.get(entry.subject_id) or _("without a name")
    sentence = format_html(
        _(find_act(entry.action, entry.fields).text),
        who=format_html("<b><bdi>{}</bdi></b>", who),
        what=format_html("<bdi>{}</bdi>", what),
    )
    return ActivityLine(who, sentence, entry.at)


def _name_person(person: User | None) -> str:
    """Officers act for the agency, not in their own name."""
    if person is None:
        return _("Somebody")
    return _("The agency") if person.is_staff else str(person)
