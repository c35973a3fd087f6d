"""The seller's frame: the menu round every page of a company."""

from django.urls import reverse
from django.utils.translation import gettext as _

from storefronts.models import Member
from storefronts.registry import list_nav
from storefronts.rules import NavItem, NavLink, Workspace
from storefronts.selectors.members import list_memberships


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


def _link(item: NavItem, *, member: Member, current: str) -> NavLink:
    return NavLink(
        label=_(item.label),
        url=reverse(item.url_name, args=[member.company.slug]),
        icon=item.icon,
        current=item.key == current,
        count=item.count(member=member) if item.count else None,
        group=_(item.group) if item.group else "",
    )
