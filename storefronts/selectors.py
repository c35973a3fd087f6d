"""Reads of companies, their people and the seller's frame."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from core.errors import NotAllowed, NotFound
from storefronts.models import Member
from storefronts.registry import list_nav
from storefronts.rules import NavItem, NavLink, Workspace


def get_membership(*, user: Any, slug: str, roles: tuple[str, ...] = ()) -> Member:
    """The person's place in a company, with company, logo and user loaded.

    Raises NotFound for strangers, NotAllowed for a member who holds none of the roles (any role will do when none is named).
    """
    if not user.is_authenticated:
        raise NotFound
    member = Member.objects.select_related("company__logo", "user").filter(company__slug=slug, user=user).first()
    if member is None:
        raise NotFound
    if roles and member.role not in roles:
        raise NotAllowed
    return member


def list_memberships(*, user: Any) -> list[Member]:
    """The companies of a person, first joined first."""
    if not user.is_authenticated:
        return []
    return list(Member.objects.select_related("company").filter(user=user))


def build_workspace(*, member: Member, current: str) -> Workspace:
    """The seller's frame; `current` is the key of the menu entry that the page stands under. One query, and those of the menu's counts."""
    companies = [membership.company for membership in list_memberships(user=member.user)]
    return Workspace(
        company=member.company,
        member=member,
        nav=[_link(item, member=member, current=current) for item in list_nav()],
        companies=companies,
        switch_url=reverse("storefronts:choose") if len(companies) > 1 else "",
    )


def _link(item: NavItem, *, member: Member, current: str) -> NavLink:
    return NavLink(
        label=gettext(item.label),
        url=reverse(item.url_name, args=[member.company.slug]),
        icon=item.icon,
        current=item.key == current,
        count=item.count(member=member) if item.count else None,
        group=gettext(item.group) if item.group else "",
    )
