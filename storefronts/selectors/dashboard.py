"""The exporter's first page: first steps, then figures, things to do, the storefront and the team at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.slots import Part, fill
from storefronts.choices import CompanyState, ProposalState
from storefronts.models import Company, CompanyRevision, Member
from storefronts.registry import list_number_sources, list_todo_sources
from storefronts.rules import (
    PICTURE_FIELDS,
    REVIEWED_FIELDS,
    Number,
    Onboarding,
    Readiness,
    Step,
    Todo,
    greet,
    is_renewable,
    sort_todos,
)
from storefronts.selectors.companies import find_open_revision, get_proposed_facts
from storefronts.selectors.members import list_open_invitations, list_team
from storefronts.selectors.onboarding import get_onboarding
from uploads.choices import UploadState
from uploads.models import Upload

TEAM_SHOWN = 5
NUMBERS_SHOWN = 4


@dataclass(frozen=True)
class Fact:
    """A line of a list of facts, as components/facts.html shows it."""

    icon: str
    label: str
    value: str


@dataclass(frozen=True)
class StorefrontGlance:
    """Where the storefront stands: a pill, what was checked, and what would make it complete (None before the first check)."""

    state: str
    label: str
    text: str
    facts: Sequence[Fact]
    completeness: Readiness | None
    edit_url: str


@dataclass(frozen=True)
class TeamGlance:
    """The first people of the team, how many more there are, and how many invitations wait."""

    people: Sequence[Member]
    more: int
    waiting: int


@dataclass(frozen=True)
class Dashboard:
    """What the exporter's first page shows.

    While `is_new`, the first steps stand in the place of figures, plots and whatever is empty; then one line, until all are done.
    """

    greeting: str
    todos: list[Todo]
    kpis: list[Number]
    onboarding: Onboarding
    is_new: bool
    storefront: StorefrontGlance
    team: TeamGlance
    main: list[Part]
    side: list[Part]


def get_dashboard(*, member: Member) -> Dashboard:
    """Everything on the exporter's first page, in the reader's language: four figures, to-dos by urgency.

    A filling of its slots may say `is_empty`: it is left out while the firm is new.
    """
    company = member.company
    onboarding = get_onboarding(member=member)
    is_new = not (onboarding.is_complete or onboarding.is_in_market)
    todos = [todo for source in list_todo_sources() for todo in source(member=member)]
    numbers = [] if is_new else [number for source in list_number_sources() for number in source(member=member)]
    return Dashboard(
        greeting=_greet(),
        todos=sort_todos(todos),
        kpis=sorted(numbers, key=lambda number: number.order)[:NUMBERS_SHOWN],
        onboarding=onboarding,
        is_new=is_new,
        storefront=_glance_at_storefront(company),
        team=_glance_at_team(member),
        main=_fill("dashboard.main", member, is_new=is_new),
        side=_fill("dashboard.side", member, is_new=is_new),
    )


def _fill(slot: str, member: Member, *, is_new: bool) -> list[Part]:
    return [part for part in fill(slot, member=member) if not (is_new and part.context.get("is_empty"))]


def get_completeness(*, company: Company) -> Readiness:
    """What a storefront shows when nothing is missing; the open proposal counts. Three queries."""
    facts = get_proposed_facts(company=company)
    edit = reverse("storefronts:edit", args=[company.slug])
    wanted: tuple[tuple[str, Any, str], ...] = (
        (_("Add a logo"), facts["logo"], "pictures"),
        (_("Add a cover picture"), facts["cover"], "pictures"),
        (_("Say in one line what you do"), facts["tagline"], "story"),
        (_("Tell your story"), facts["story"], "story"),
        (_("Say what you can make in a year"), facts["capacity"], "facts"),
        (_("Say since when you export, or where to"), facts["exporting_since"] or facts["export_markets"], "facts"),
        (_("Say in which languages you answer"), facts["languages"], "facts"),
        (_("Name the places where you work"), company.sites.exists(), "sites"),
        (_("Show buyers a way to reach you"), company.channels.filter(is_shown=True).exists(), "contact"),
    )
    return Readiness(tuple(Step(label, bool(given), f"{edit}#{part}") for label, given, part in wanted))


def list_company_todos(*, member: Member) -> Sequence[Todo]:
    """What the storefront itself waits for; viewers only read, so nothing waits for them."""
    if not member.can_edit:
        return []
    company = member.company
    revision = find_open_revision(company=company)
    found = [
        _todo_about_state(company, revision),
        _todo_about_date(company, timezone.localdate()),
        _todo_about_pictures(company, revision),
    ]
    return [todo for todo in found if todo]


def _todo_about_state(company: Company, revision: CompanyRevision | None) -> Todo | None:
    url = reverse("storefronts:edit", args=[company.slug])
    if company.state == CompanyState.SUSPENDED:
        text = _("Buyers do not see you. The agency wrote to you why.")
        return Todo(0, "lock", "bad", _("Your storefront is suspended"), text, url, _("Open"))
    if revision and revision.state == ProposalState.CHANGES_ASKED:
        return Todo(
            1,
            "chat",
            "warn",
            _("Change your company facts"),
            revision.note or _("The agency asks for a change."),
            url,
            _("Open"),
        )
    if company.state == CompanyState.REJECTED:
        return Todo(
            1, "warn", "bad", _("Your company was rejected"), _("Read why, mend it, and send it again."), url, _("Open")
        )
    if revision and revision.state == ProposalState.DRAFT and company.is_public:
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


def _todo_about_pictures(company: Company, revision: CompanyRevision | None) -> Todo | None:
    sent = {place: revision.facts.get(place) for place in PICTURE_FIELDS} if revision else {}
    if revision is None or revision.state == ProposalState.IN_REVIEW or not any(sent.values()):
        return None
    failed = Upload.objects.filter(pk__in=[key for key in sent.values() if key], state=UploadState.FAILED).first()
    if failed is None:
        return None
    label = _(REVIEWED_FIELDS[next(place for place in PICTURE_FIELDS if sent[place] == str(failed.pk))])
    title, text = (
        _("A picture could not be read: %(label)s") % {"label": label},
        _("Send it again or remove it. Everything else is kept."),
    )
    url = reverse("storefronts:edit", args=[company.slug])
    return Todo(2, "image", "warn", title, text, f"{url}#pictures", _("See the pictures"))


def _greet() -> str:
    """By the hour where the agency has set its time zone; UTC is what an installation has that nobody asked."""
    return _(greet(None if settings.TIME_ZONE == "UTC" else timezone.localtime().hour))


def _glance_at_storefront(company: Company) -> StorefrontGlance:
    edit_url = reverse("storefronts:edit", args=[company.slug])
    if not company.is_public or company.verified_at is None or company.verified_until is None:
        return StorefrontGlance(company.state, company.get_state_display(), _explain_state(company), (), None, edit_url)
    current = company.is_verified_on(timezone.localdate())
    facts = (
        Fact("badge", _("How it was checked"), company.get_evidence_level_display()),
        Fact("cal", _("Checked on"), date_format(timezone.localtime(company.verified_at), "j M Y")),
        Fact("clock", _("Valid until") if current else _("Ended on"), date_format(company.verified_until, "j M Y")),
    )
    label = company.get_state_display() if current else _("Not renewed")
    return StorefrontGlance(
        "verified" if current else "changes", label, "", facts, get_completeness(company=company), edit_url
    )


def _explain_state(company: Company) -> str:
    words = {
        CompanyState.SUBMITTED: _(
            "An officer is checking your facts, usually within two working days. Buyers see you after that."
        ),
        CompanyState.CHANGES_ASKED: _("The agency asks for a change. Buyers see you once it has checked your company."),
        CompanyState.REJECTED: _("The agency did not accept your company. Read why, mend it, and send it again."),
        CompanyState.SUSPENDED: _("Buyers see neither your storefront nor your products."),
    }
    return words.get(
        CompanyState(company.state), _("Only your team and the agency see it until your company is checked.")
    )


def _glance_at_team(member: Member) -> TeamGlance:
    people = list(list_team(company=member.company))
    waiting = list_open_invitations(company=member.company).count() if member.can_manage_team else 0
    return TeamGlance(people[:TEAM_SHOWN], max(0, len(people) - TEAM_SHOWN), waiting)
