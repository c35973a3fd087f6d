"""The seller's frame and dashboard: menu, things to do, figures, and how far a new company has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.slots import Part, fill
from storefronts.choices import CompanyState, ProposalState
from storefronts.models import Company, CompanyRevision, Member
from storefronts.registry import list_nav, list_number_sources, list_todo_sources
from storefronts.rules import (
    NavItem,
    NavLink,
    Number,
    Readiness,
    Step,
    Todo,
    Workspace,
    greet,
    is_renewable,
    list_missing,
    sort_todos,
)
from storefronts.selectors.companies import find_open_revision, get_proposed_facts
from storefronts.selectors.members import list_memberships


@dataclass(frozen=True)
class Dashboard:
    """What the exporter's first page shows."""

    greeting: str
    todos: list[Todo]
    kpis: list[Number]
    readiness: Readiness
    main: list[Part]
    side: list[Part]


def build_workspace(*, member: Member, current: str, todo_count: int = 0) -> Workspace:
    """The seller's frame; `current` is the key of the menu entry that the page stands under. One query, and those of the menu's counts."""
    companies = [membership.company for membership in list_memberships(user=member.user)]
    return Workspace(
        company=member.company,
        member=member,
        nav=[_link(item, member=member, current=current) for item in list_nav()],
        companies=companies,
        switch_url=reverse("storefronts:choose") if len(companies) > 1 else "",
        todo_count=todo_count,
    )


def get_dashboard(*, member: Member) -> Dashboard:
    """Everything on the exporter's first page, in the reader's language."""
    todos = [todo for source in list_todo_sources() for todo in source(member=member)]
    numbers = [number for source in list_number_sources() for number in source(member=member)]
    return Dashboard(
        greeting=_(greet(timezone.localtime().hour)),
        todos=sort_todos(todos),
        kpis=sorted(numbers, key=lambda number: number.order),
        readiness=get_readiness(company=member.company),
        main=fill("dashboard.main", member=member),
        side=fill("dashboard.side", member=member),
    )


def get_readiness(*, company: Company) -> Readiness:
    """The steps to a verified storefront, from what the company has written so far."""
    facts = get_proposed_facts(company=company)
    has_channel = company.channels.exists()
    missing = set(list_missing(facts, has_channel=has_channel))
    edit = reverse("storefronts:edit", args=[company.slug])
    sent = company.state not in {CompanyState.DRAFT, CompanyState.CHANGES_ASKED, CompanyState.REJECTED}
    return Readiness(
        (
            Step(_("Company registered"), done=True),
            Step(_("Where you are and your number"), "city" not in missing and "registration_number" not in missing, f"{edit}#facts"),
            Step(_("Your story"), "story" not in missing, f"{edit}#story", _("A few sentences are enough") if "story" in missing else ""),
            Step(_("A way to reach you"), has_channel, f"{edit}#contact"),
            Step(_("Logo or cover picture"), bool(facts.get("logo") or facts.get("cover")), f"{edit}#pictures"),
            Step(_("Sent to the agency"), sent, edit),
            Step(_("Checked by the agency"), company.is_public, "", "" if company.is_public else _("Usually within two working days")),
        )
    )


def list_company_todos(*, member: Member) -> Sequence[Todo]:
    """What the storefront itself waits for; viewers only read, so nothing waits for them."""
    if not member.can_edit:
        return []
    company = member.company
    revision = find_open_revision(company=company)
    found = [_todo_about_state(company, revision), _todo_about_date(company, timezone.localdate())]
    return [todo for todo in found if todo]


def _todo_about_state(company: Company, revision: CompanyRevision | None) -> Todo | None:
    url = reverse("storefronts:edit", args=[company.slug])
    if company.state == CompanyState.SUSPENDED:
        text = _("Buyers do not see you. The agency wrote to you why; answer that mail.")
        return Todo(0, "lock", "bad", _("Your storefront is suspended"), text, "", "")
    if revision and revision.state == ProposalState.CHANGES_ASKED:
        return Todo(1, "chat", "warn", _("Change your company facts"), revision.note or _("The agency asks for a change."), url, _("Open"))
    if company.state == CompanyState.REJECTED:
        return Todo(1, "warn", "bad", _("Your company was rejected"), _("Read why, mend it, and send it again."), url, _("Open"))
    return _todo_about_draft(company, revision, url)


def _todo_about_draft(company: Company, revision: CompanyRevision | None, url: str) -> Todo | None:
    if company.state == CompanyState.DRAFT:
        text = _("Buyers see you once the agency has checked your company.")
        return Todo(2, "flag", "info", _("Finish your storefront and send it"), text, url, _("Go on"))
    if revision and revision.state == ProposalState.DRAFT:
        text = _("Buyers still see the old facts until the agency has checked the new ones.")
        return Todo(4, "file", "", _("You have changes that are not sent"), text, url, _("Go on"))
    return None


def _todo_about_date(company: Company, today: date) -> Todo | None:
    until = company.verified_until
    if company.state != CompanyState.VERIFIED or until is None or not is_renewable(until, today):
        return None
    text = _("Check your facts and send them to the agency again.")
    url, day = reverse("storefronts:edit", args=[company.slug]), date_format(until, "j M Y")
    if until < today:
        return Todo(1, "badge", "bad", _("Your verification ended on %(day)s") % {"day": day}, text, url, _("Renew"))
    return Todo(3, "badge", "warn", _("Your verification ends on %(day)s") % {"day": day}, text, url, _("Renew"))


def _link(item: NavItem, *, member: Member, current: str) -> NavLink:
    return NavLink(
        label=_(item.label),
        url=reverse(item.url_name, args=[member.company.slug]),
        icon=item.icon,
        current=item.key == current,
        count=item.count(member=member) if item.count else None,
        group=_(item.group) if item.group else "",
    )
