"""Reads of companies, their people and the seller's frame."""

from storefronts.selectors.activity import list_activity, tell_activity
from storefronts.selectors.companies import (
    find_open_revision,
    get_proposed_facts,
    get_public_storefront,
    get_storefront,
    get_version,
    list_storefront_countries,
    list_storefronts,
    read_facts,
)
from storefronts.selectors.dashboard import get_dashboard
from storefronts.selectors.editor import get_editor
from storefronts.selectors.members import (
    find_membership,
    find_told_facts,
    get_invitation,
    get_membership,
    is_owner,
    list_memberships,
    list_open_invitations,
    list_team,
)
from storefronts.selectors.ownership import find_open_offer, get_offer, list_heirs
from storefronts.selectors.team import get_team
from storefronts.selectors.workspace import build_workspace

__all__ = [
    "build_workspace",
    "find_membership",
    "find_open_offer",
    "find_open_revision",
    "find_told_facts",
    "get_dashboard",
    "get_editor",
    "get_invitation",
    "get_membership",
    "get_offer",
    "get_proposed_facts",
    "get_public_storefront",
    "get_storefront",
    "get_team",
    "get_version",
    "is_owner",
    "list_activity",
    "list_heirs",
    "list_memberships",
    "list_open_invitations",
    "list_storefront_countries",
    "list_storefronts",
    "list_team",
    "read_facts",
    "tell_activity",
]
