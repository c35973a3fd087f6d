"""What quotations and sourcing requests tell the exporter's dashboard to do."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.ui import quantity
from inquiries.selectors.invitations import count_invitations
from inquiries.selectors.quotation_desk import list_countered
from storefronts.models import Member
from storefronts.rules import Todo


def list_quotation_todos(*, member: Member) -> list[Todo]:
    """Buyers who would agree to something else, at most three; requests that wait for an answer. Two queries."""
    if not member.can_edit or not member.company.is_public:
        return []
    found = [
        Todo(
            1, "coin", "warn", _("Answer %(buyer)s") % {"buyer": one.inquiry.buyer_organisation or one.inquiry.buyer_name},
            _("Quotation %(number)s is countered: look at what the buyer would agree to.") % {"number": one.number},
            one.get_absolute_url(), _("Open"),
        )
        for one in list_countered(member=member)[:3]
    ]  # fmt: skip
    waiting = count_invitations(member=member)
    if waiting:
        title = ngettext("%(number)s request waits for you", "%(number)s requests wait for you", waiting)
        text = _("Buyers look for something that you offer. Answering is free.")
        url = reverse("inquiries:invitations", args=[member.company.slug])
        found.append(Todo(2, "hands", "info", title % {"number": quantity(waiting)}, text, url, _("Look")))
    return found
