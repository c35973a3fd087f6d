"""STUB until merge."""

from typing import Any

from core.mail import queue_mail


def notify_person(
    *,
    person: Any,
    kind: str,
    key: str,
    url: str,
    template: str,
    context: dict[str, Any],
    reply_to: str = "",
    headers: Any = None,
) -> Any:
    """Stub."""
    return queue_mail(
        to=person.email,
        template=template,
        context={**context, "url": url},
        language=person.language,
        reply_to=reply_to,
        headers=headers,
    )


def notify_address(
    *,
    address: str,
    language: str,
    kind: str,
    key: str,
    template: str,
    context: dict[str, Any],
    reply_to: str = "",
    headers: Any = None,
) -> Any:
    """Stub."""
    return queue_mail(
        to=address, template=template, context=context, language=language, reply_to=reply_to, headers=headers
    )
