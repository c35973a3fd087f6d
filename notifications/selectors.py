"""Reads: a person's notices and wishes, and the signed links that stop mails."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.choices import Purpose
from accounts.models import User
from core.errors import NotFound
from notifications.choices import Audience, Delivery
from notifications.models import Notice, SilencedAddress, Wish
from notifications.registry import NoticeKind, get_kind, list_kinds

SALT = "notifications.unsubscribe"


@dataclass(frozen=True)
class Choice:
    """A kind and how a person has it."""

    kind: NoticeKind
    label: str
    mail: str
    on_site: bool


@dataclass(frozen=True)
class Subscription:
    """Whom a link to stop mails was made for: a person, or an address without an account."""

    kind: NoticeKind
    person: User | None
    address: str
    is_stopped: bool


def list_notices(*, user: Any) -> QuerySet[Notice]:
    """What the person sees on the site, the newest first."""
    return Notice.objects.visible_to(user)


def count_unread(*, user: Any) -> int:
    """How many of them are unread."""
    return Notice.objects.visible_to(user).unread().count()


def get_notice(*, user: Any, notice_id: int) -> Notice:
    """One of the person's own; raises NotFound."""
    notice = Notice.objects.visible_to(user).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound
    return notice


def get_wish(*, person: User, kind: NoticeKind) -> Wish:
    """The person's wish for a kind; the default, unsaved, where they have none."""
    found = Wish.objects.filter(person=person, kind=kind.key).first()
    return found or Wish(person=person, kind=kind.key, mail=kind.default_mail, on_site=True)


def list_choices(*, person: User) -> list[Choice]:
    """The kinds that concern a person, and those that they have had, with their wishes. Two queries."""
    wishes = {wish.kind: wish for wish in Wish.objects.filter(person=person)}
    had = set(Notice.objects.filter(person=person).order_by().values_list("kind", flat=True).distinct())
    mine = {
        Audience.OFFICER
        if person.is_officer
        else Audience.EXPORTER
        if person.purpose == Purpose.EXPORTER
        else Audience.BUYER
    }
    kinds = [kind for kind in list_kinds() if mine & set(kind.audiences) or kind.key in had]
    return [
        Choice(kind, _(kind.label), wishes[kind.key].mail, wishes[kind.key].on_site)
        if kind.key in wishes
        else Choice(kind, _(kind.label), kind.default_mail, on_site=True)
        for kind in kinds
    ]


def build_unsubscribe_url(*, kind: str, person: User | None = None, address: str = "") -> str:
    """The whole address at which mails of a kind are stopped without signing in; good for ever (RFC 8058)."""
    token = signing.dumps([kind, person.pk if person else None, address], salt=SALT)
    return f"{settings.SITE_URL}{reverse('notifications:unsubscribe', args=[token])}"


def read_unsubscribe_token(*, token: str) -> Subscription:
    """Whom and what a link was made for; raises NotFound for what we never signed."""
    try:
        key, person_id, address = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    kind = get_kind(key)
    if person_id is None:
        is_stopped = SilencedAddress.objects.filter(address=address, kind=key).exists()
        return Subscription(kind, None, address, is_stopped)
    person = User.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return Subscription(kind, person, person.email, get_wish(person=person, kind=kind).mail == Delivery.NEVER)
