"""What certificates tell the exporter's dashboard."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certifications.choices import CertificateState
from certifications.models import Certificate
from certifications.rules.validity import ENDS_SOON_DAYS, REMINDERS, StandingName
from certifications.selectors.certificates import get_standing_on
from certifications.selectors.seller import CLOSED, build_next_url, list_certificates
from certifications.selectors.words import Pill, name_standing
from storefronts.models import Member
from storefronts.rules import Todo

MOST_TODOS = 5
MOST_SHOWN = 6
ENDED_SHOWN = timedelta(days=180)
"""Who has not renewed for so long has given it up."""


def list_certificate_todos(*, member: Member) -> list[Todo]:
    """What waits for the exporter among the certificates: ending, ended, changes asked for, never sent; at most 5 of each.

    Viewers only read, so nothing waits for them.
    """
    if not member.can_edit:
        return []
    today = timezone.localdate()
    rows = list_certificates(member=member, day=today)
    drafts = rows.filter(state=CertificateState.DRAFT)
    last_days = (today - ENDED_SHOWN, today + timedelta(days=ENDS_SOON_DAYS))
    followed = Certificate.objects.exclude(state__in=CLOSED).exclude(replaces=None).values("replaces")
    ending = rows.filter(state=CertificateState.VERIFIED, valid_until__range=last_days).exclude(pk__in=followed)
    return [
        *(_ask_to_renew(certificate, member, today) for certificate in ending[:MOST_TODOS]),
        *(_ask_for_change(certificate, member) for certificate in drafts.exclude(note="")[:MOST_TODOS]),
        *(_ask_to_send(certificate, member) for certificate in drafts.filter(note="")[:MOST_TODOS]),
    ]


def select_dashboard_certificates(*, member: Member) -> dict[str, Any]:
    """Fill the slot "dashboard.side" with how long each certificate holds, what ends first on top; what is closed or followed is left out."""
    today, slug = timezone.localdate(), member.company.slug
    rows = list_certificates(member=member, day=today)
    shown = [certificate for certificate in rows[:MOST_SHOWN] if not getattr(certificate, "is_past", 0)]
    return {
        "rows": [(certificate, _describe(certificate, today)) for certificate in shown],
        "total": rows.count(), "is_empty": not shown, "can_edit": member.can_edit,
        "list_url": reverse("certificates:list", args=[slug]), "new_url": reverse("certificates:new", args=[slug]),
    }  # fmt: skip


def _describe(certificate: Certificate, today: date) -> Pill:
    """As on the list; what is valid for longer says until when."""
    standing = get_standing_on(certificate=certificate, day=today)
    pill = name_standing(standing=standing)
    if standing.name != StandingName.VALID or certificate.valid_until is None:
        return pill
    return Pill(_("Until %(month)s") % {"month": date_format(certificate.valid_until, "M Y")}, pill.kind)


def _ask_to_renew(certificate: Certificate, member: Member, today: date) -> Todo:
    until = certificate.valid_until or today
    left, values = (until - today).days, {"name": certificate.scheme.name, "day": date_format(until, "j M Y")}
    url = build_next_url(certificate=certificate, member=member)
    if left < 0:
        text = _("Buyers no longer see it. Add the next one when you have it.")
        return Todo(1, "badge", "bad", _("%(name)s ended on %(day)s") % values, text, url, _("Add the next one"))
    title = ngettext("%(name)s ends in %(days)s day", "%(name)s ends in %(days)s days", left) % {**values, "days": left}
    text = _("Buyers see it until %(day)s. Ask its issuer for the next one, then add it here.") % values
    return Todo(_weigh(left), "badge", "warn", title, text, url, _("Add the next one"))


def _weigh(left: int) -> int:
    """The nearer the end, the more urgent: 1 in the last week, 4 in the last three months."""
    return 1 + sum(left > days for days in REMINDERS)


def _ask_for_change(certificate: Certificate, member: Member) -> Todo:
    title = _("Change “%(name)s”") % {"name": certificate.scheme.name}
    return Todo(1, "chat", "warn", title, certificate.note, _edit_url(certificate, member), _("Open"))


def _ask_to_send(certificate: Certificate, member: Member) -> Todo:
    title = _("Finish “%(name)s”") % {"name": certificate.scheme.name}
    text = _("It was never sent to the agency. Buyers cannot see it.")
    return Todo(5, "badge", "info", title, text, _edit_url(certificate, member), _("Go on"))


def _edit_url(certificate: Certificate, member: Member) -> str:
    return reverse("certificates:edit", args=[member.company.slug, certificate.public_id])
