"""People are told, read what they were told, and say how they want it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import User
from core.jobs import Run, enqueue
from core.mail import queue_mail
from core.models import OutboxMail
from notifications.choices import Delivery, MailState
from notifications.models import AddressNotice, Notice, SilencedAddress, Wish
from notifications.registry import NoticeKind, get_kind
from notifications.rules import get_digest_time
from notifications.selectors import build_unsubscribe_url, get_notice, get_wish, read_unsubscribe_token

DIGEST_JOB = "notifications.send_digest"
MAIL_STATES = {
    Delivery.AT_ONCE: MailState.AT_ONCE,
    Delivery.DAILY: MailState.WAITING,
    Delivery.NEVER: MailState.NONE,
}


@transaction.atomic
def notify_person(
    *,
    person: User,
    kind: str,
    key: str,
    url: str,
    template: str,
    context: Mapping[str, Any],
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> Notice | None:
    """Tell a person with an account, on the site and by mail as they wish, in their language, in the caller's transaction.

    `url` is a path of this site; `mail/<template>.subject.txt` is the notice's title too. The same kind and key is told once.
    None for people whose account is closed.
    """
    if not person.is_active:
        return None
    registered = get_kind(kind)
    own_url = translate_url(url, person.language)
    notice, is_new = _write_notice(person, registered, key=key, url=own_url, template=template, context=context)
    if is_new and notice.mail_state == MailState.AT_ONCE:
        told = {**context, "url": f"{settings.SITE_URL}{own_url}"}
        to, language = person.email, person.language
        _mail(registered, template, told, to=to, language=language, person=person, reply_to=reply_to, headers=headers)
    elif is_new and notice.mail_state == MailState.WAITING:
        _plan_digest(person)
    return notice


@transaction.atomic
def notify_address(
    *,
    address: str,
    language: str,
    kind: str,
    key: str,
    template: str,
    context: Mapping[str, Any],
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> OutboxMail | None:
    """Mail an address without an account, once for each kind and key; None when it wants no such mails or had this one."""
    registered, address = get_kind(kind), address.lower()
    if SilencedAddress.objects.filter(address=address, kind=kind).exists():
        return None
    try:
        with transaction.atomic():
            told = AddressNotice.objects.create(address=address, kind=kind, key=key)
    except IntegrityError:
        return None
    told.mail = _mail(
        registered, template, context, to=address, language=language, person=None, reply_to=reply_to, headers=headers
    )
    told.save(update_fields=["mail"])
    return told.mail


@transaction.atomic
def withdraw_notice(*, kind: str, key: str) -> None:
    """Take back what is no longer true, from everybody who was told and has not had the mail."""
    Notice.objects.filter(kind=kind, key=key).exclude(mail_state__in=[MailState.AT_ONCE, MailState.DIGESTED]).delete()


@transaction.atomic
def read_notice(*, user: User, notice_id: int) -> Notice:
    """Mark one of the person's own notices as read. Raises NotFound."""
    notice = get_notice(user=user, notice_id=notice_id)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    return notice


@transaction.atomic
def read_all_notices(*, user: User) -> int:
    """Mark everything as read; how many were not."""
    return Notice.objects.visible_to(user).unread().update(read_at=timezone.now())


@transaction.atomic
def save_wishes(*, person: User, wishes: Mapping[str, tuple[str, bool]]) -> None:
    """Keep how a person wants each kind: kind to (mail, on the site). Raises NotFound for a kind that does not exist."""
    for key, (mail, on_site) in wishes.items():
        kind = get_kind(key)
        Wish.objects.update_or_create(
            person=person, kind=kind.key, defaults={"mail": Delivery(mail), "on_site": on_site}
        )


@transaction.atomic
def unsubscribe(*, token: str) -> None:
    """Stop the mails that a signed link speaks of; a second time changes nothing. Raises NotFound for a forged link."""
    found = read_unsubscribe_token(token=token)
    if found.person is not None:
        wish = get_wish(person=found.person, kind=found.kind)
        save_wishes(person=found.person, wishes={found.kind.key: (Delivery.NEVER, wish.on_site)})
    else:
        SilencedAddress.objects.get_or_create(address=found.address, kind=found.kind.key)


@transaction.atomic
def subscribe_again(*, token: str) -> None:
    """Undo `unsubscribe`: mails come at once again. Raises NotFound."""
    found = read_unsubscribe_token(token=token)
    if found.person is not None:
        wish = get_wish(person=found.person, kind=found.kind)
        save_wishes(person=found.person, wishes={found.kind.key: (Delivery.AT_ONCE, wish.on_site)})
    else:
        SilencedAddress.objects.filter(address=found.address, kind=found.kind.key).delete()


def send_digest(*, run: Run, person_id: int) -> None:
    """Mail what was put aside for a person and not read meanwhile, all in one; called by a job, safe to run twice.

    The mail is written in the transaction that marks the notices, so that none is mailed twice and none is lost.
    """
    with run.effect():
        waiting = Notice.objects.select_for_update().filter(person_id=person_id, mail_state=MailState.WAITING)
        notices = [notice for notice in waiting.order_by("created_at", "id") if notice.read_at is None]
        ids = [notice.pk for notice in waiting]
        person = User.objects.filter(pk=person_id, is_active=True).first()
        if notices and person:
            context = {
                "notices": notices, "recipient_name": person.short_name,
                "settings_url": _build_settings_url(person),
            }  # fmt: skip
            queue_mail(
                to=person.email,
                template="digest",
                context=context,
                language=person.language,
                headers={"Auto-Submitted": "auto-generated"},
            )
        Notice.objects.filter(pk__in=ids).update(mail_state=MailState.DIGESTED)


def _write_notice(
    person: User, kind: NoticeKind, *, key: str, url: str, template: str, context: Mapping[str, Any]
) -> tuple[Notice, bool]:
    """The notice, and whether it is new: a job that ran twice, or a double click, finds it told already."""
    wish = get_wish(person=person, kind=kind)
    with translation.override(person.language):
        title = " ".join(render_to_string(f"mail/{template}.subject.txt", _complete(context)).split())
    return Notice.objects.get_or_create(
        person=person, kind=kind.key, key=key,
        defaults={
            "title": title[:300], "url": url, "is_shown": wish.on_site, "mail_state": MAIL_STATES[Delivery(wish.mail)],
        },
    )  # fmt: skip


def _build_settings_url(person: User) -> str:
    with translation.override(person.language):
        return f"{settings.SITE_URL}{reverse('notifications:settings')}"


def _plan_digest(person: User) -> None:
    enqueue(DIGEST_JOB, key=str(person.pk), due_at=get_digest_time(timezone.localtime()), person_id=person.pk)


def _complete(context: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "agency_name": settings.AGENCY_NAME,
        "brand_name": settings.BRAND_NAME,
        "site_url": settings.SITE_URL,
        **context,
    }


def _mail(
    kind: NoticeKind,
    template: str,
    context: Mapping[str, Any],
    *,
    to: str,
    language: str,
    person: User | None,
    reply_to: str,
    headers: Mapping[str, str] | None,
) -> OutboxMail:
    with translation.override(language):
        stop = build_unsubscribe_url(kind=kind.key, person=person, address="" if person else to)
        why = gettext(kind.why)
    return queue_mail(
        to=to, template=template, language=language, reply_to=reply_to,
        context={**context, "unsubscribe_url": stop, "why": why},
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", **(headers or {})},
    )  # fmt: skip
