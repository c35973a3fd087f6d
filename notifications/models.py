"""Notices, the wishes of people, and addresses without an account."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from notifications.choices import Delivery, MailState


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> Self:
        """A person's own, as far as they want them on the site."""
        return self.filter(person=user, is_shown=True) if user.is_authenticated else self.none()

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something that a person was told, once, in their language."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, help_text=_("The same kind and key is told to a person once."))
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    is_shown = models.BooleanField(default=True, help_text=_("On the site; a hidden one is only for the digest."))
    mail_state = models.CharField(max_length=10, choices=MailState)
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "kind", "key"], name="a_notice_is_told_once")]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notice_list"),
            models.Index(fields=["person"], condition=Q(read_at=None, is_shown=True), name="notice_unread"),
            models.Index(fields=["person"], condition=Q(mail_state="waiting"), name="notice_digest"),
        ]

    def __str__(self) -> str:
        return self.title


class Wish(models.Model):
    """How a person wants one kind; without a row the kind's default holds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=40)
    mail = models.CharField(max_length=10, choices=Delivery)
    on_site = models.BooleanField(default=True)

    class Meta:
        ordering = ["kind"]
        verbose_name_plural = _("wishes")
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_wish_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mail}"


class AddressNotice(models.Model):
    """What was mailed to an address without an account, so that it is mailed once."""

    address = models.EmailField(max_length=254)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    mail = models.ForeignKey("core.OutboxMail", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["address", "kind", "key"], name="an_address_is_told_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SilencedAddress(models.Model):
    """An address without an account that wants no more mails of a kind."""

    address = models.EmailField(max_length=254)
    kind = models.CharField(max_length=40)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = _("silenced addresses")
        constraints = [models.UniqueConstraint(fields=["address", "kind"], name="an_address_is_silenced_once")]

    def __str__(self) -> str:
        return f"{self.address} {self.kind}"
