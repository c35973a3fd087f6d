"""What a browser calls itself, in words that its owner knows."""

from django import template

from accounts.rules import Device, name_device

register = template.Library()


@register.filter
def device(user_agent: str) -> Device:
    """`{% with found=session.user_agent|device %}`: found.browser and found.system, "" where unknown."""
    return name_device(user_agent)
