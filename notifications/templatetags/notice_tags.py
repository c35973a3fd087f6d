"""The number on the bell."""

from typing import Any

from django import template

from notifications.selectors import count_unread

register = template.Library()


@register.simple_tag
def unread_notices(user: Any) -> int:
    """How many notices wait for a person; one indexed query, none for people who have not signed in."""
    return count_unread(user=user) if user.is_authenticated else 0
