"""Who is told of what in a thread: the other side, on the site and by mail, in their language."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from core.bank_words import speaks_of_payment_change
from inquiries.choices import Side
from inquiries.models import Inquiry, Match, Message, Request
from inquiries.selectors.links import build_link, build_reply_address
from moderation.rules import Recipient
from notifications.services import notify_address, notify_person
from storefronts.choices import Role
from storefronts.models import Member

INVITED, REQUEST_ENDED = "request_invited", "request_ended"
NEW, MESSAGE, REMINDER, LATE, ASSIGNED, HELP = (
    "inquiry_new", "inquiry_message", "inquiry_reminder", "inquiry_late", "inquiry_assigned", "inquiry_help",
)  # fmt: skip


def tell_exporter(
    *,
    inquiry: Inquiry,
    kind: str,
    key: str,
    template: str,
    context: dict[str, Any],
    but: User | None = None,
    url: str = "",
) -> None:
    """Tell whom it is assigned to, else all who may write for the company; `but` is who did it and need not be told.

    `url` is where the notice leads, if not to the thread.
    """
    for person in list_answerers(inquiry=inquiry):
        if person != but:
            tell_person(person=person, inquiry=inquiry, kind=kind, key=key, template=template, context=context, url=url)


def tell_person(
    *, person: User, inquiry: Inquiry, kind: str, key: str, template: str, context: dict[str, Any], url: str = ""
) -> None:
    """Tell one person who has an account; a reply to the mail goes into the thread in their name."""
    notify_person(
        person=person, kind=kind, key=key, url=url or inquiry.get_absolute_url(), template=template,
        context=context | {"inquiry": inquiry, "recipient_name": person.short_name, "has_reply_address": bool(settings.REPLY_ADDRESS)},
        reply_to=build_reply_address(inquiry=inquiry, user_id=person.pk), headers=name_conversation(inquiry=inquiry),
    )  # fmt: skip


def tell_buyer(
    *, inquiry: Inquiry, kind: str, key: str, template: str, context: dict[str, Any], url: str = "", link: str = ""
) -> None:
    """Tell the buyer; one without an account gets a link that opens the thread, or `link`. Who gave a phone only is not told here."""
    if inquiry.buyer:  # whose account is closed hears nothing
        tell_person(
            person=inquiry.buyer,
            inquiry=inquiry,
            kind=kind,
            key=key,
            template=template,
            context={**context, "to_buyer": True},
            url=url,
        )
        return
    if not inquiry.buyer_email:
        return
    notify_address(
        address=inquiry.buyer_email, language=inquiry.buyer_language, kind=kind, key=key, template=template,
        context={
            **context, "inquiry": inquiry, "to_buyer": True, "recipient_name": inquiry.buyer_name,
            "url": link or build_link(inquiry=inquiry), "has_reply_address": bool(settings.REPLY_ADDRESS),
        },
        reply_to=build_reply_address(inquiry=inquiry, user_id=None), headers=name_conversation(inquiry=inquiry),
    )  # fmt: skip


def tell_other_side(*, inquiry: Inquiry, message: Message) -> None:
    """A message goes to the side that did not write it."""
    files = list(message.attachments.select_related("upload"))
    context = {"message": message, "files": files, "warns": speaks_of_payment_change(message.text)}
    key = f"{inquiry.pk}:{message.number}"
    if message.side == Side.BUYER:
        tell_exporter(inquiry=inquiry, kind=MESSAGE, key=key, template="inquiry_message", context=context)
    else:
        tell_buyer(inquiry=inquiry, kind=MESSAGE, key=key, template="inquiry_message", context=context)


def tell_of_officer(*, inquiry: Inquiry, message: Message) -> None:
    """What an officer writes goes to both sides."""
    key, context = f"{inquiry.pk}:{message.number}", {"message": message, "files": []}
    tell_exporter(inquiry=inquiry, kind=MESSAGE, key=key, template="inquiry_message", context=context)
    tell_buyer(inquiry=inquiry, kind=MESSAGE, key=key, template="inquiry_message", context=context)


def tell_both(*, inquiry: Inquiry, key: str, event: str, until: datetime | None = None) -> None:
    """Something happened that both sides must know: the agency may read, or no longer reads."""
    context = {"event": event, "until": until}
    tell_exporter(inquiry=inquiry, kind=HELP, key=key, template="inquiry_help", context=context)
    tell_buyer(inquiry=inquiry, kind=HELP, key=key, template="inquiry_help", context=context)


def list_answerers(*, inquiry: Inquiry) -> Iterable[User]:
    """Whom the exporter's notices go to."""
    if inquiry.assigned_to and inquiry.assigned_to.can_edit:
        return [inquiry.assigned_to.user]
    writers = Member.objects.filter(company_id=inquiry.company_id, role__in=[Role.OWNER, Role.EDITOR])
    return [member.user for member in writers.select_related("user")]


def list_both_sides(*, inquiry: Inquiry) -> list[Recipient]:
    """Everybody who takes part, for a statement of the agency."""
    answerers = [
        Recipient(person.email, person.short_name, person.language) for person in list_answerers(inquiry=inquiry)
    ]
    return [*answerers, Recipient(inquiry.buyer_email, inquiry.buyer_name, inquiry.buyer_language)]


def tell_invited(*, match: Match) -> None:
    """Everybody who may write for a matched exporter hears of the request."""
    url = reverse("inquiries:invitation", args=[match.company.slug, match.pk])
    writers = Member.objects.filter(company_id=match.company_id, role__in=[Role.OWNER, Role.EDITOR])
    for member in writers.select_related("user"):
        notify_person(
            person=member.user, kind=INVITED, key=str(match.pk), url=url, template="request_invited",
            context={"match": match, "rfq": match.request, "recipient_name": member.user.short_name},
        )  # fmt: skip


def tell_requester(*, request: Request, template: str, context: dict[str, Any], url: str) -> None:
    """The buyer of a request hears of it, with an account or without; `url` is the link for who has none."""
    told = {**context, "rfq": request, "recipient_name": request.buyer_name}
    if request.buyer:
        notify_person(
            person=request.buyer, kind=REQUEST_ENDED, key=str(request.pk), url=request.get_absolute_url(), template=template, context=told
        )  # fmt: skip
        return
    notify_address(
        address=request.buyer_email, language=request.buyer_language, kind=REQUEST_ENDED, key=str(request.pk), template=template,
        context={**told, "url": url},
    )  # fmt: skip


def name_conversation(*, inquiry: Inquiry) -> dict[str, str]:
    """Headers by which mail programs keep a thread together, and holiday answers stay away (RFC 3834)."""
    reference = f"<{inquiry.pk}@lateen>"
    return {"References": reference, "In-Reply-To": reference, "Auto-Submitted": "auto-generated"}
