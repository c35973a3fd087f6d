"""Who asks, and the decision that they have just made."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from core.errors import NotFound
from moderation.models import Decision
from moderation.selectors import get_decision

LONGEST_NUMBER = 18


def get_officer(request: HttpRequest) -> User:
    """Who asks; the admin site has made sure that it is an officer."""
    assert isinstance(request.user, User)  # noqa: S101  admin_view lets nobody else in
    return request.user


def can_undo(decision: Decision | None, officer: User) -> bool:
    """Within ten minutes, the officer who decided or an administrator."""
    if decision is None or not decision.can_be_undone(timezone.now()):
        return False
    return decision.officer_id == officer.pk or officer.is_administrator


def find_just_decided(request: HttpRequest) -> dict[str, Any]:
    """The decision that `?decided=` names, for the line with Undo on the next page; nothing once the time is over."""
    number = request.GET.get("decided", "")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        return {}
    officer = get_officer(request)
    try:
        decision = get_decision(officer=officer, decision_id=int(number))
    except NotFound:  # an old address; the page itself is fine
        return {}
    return {"just_decided": decision} if decision.officer_id == officer.pk and can_undo(decision, officer) else {}
