"""When a notice is mailed, and what became of its mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    """A person's wish for one kind of notice."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, all together")
    NEVER = "never", _("Never")


class MailState(models.TextChoices):
    """`waiting` is put aside for the daily digest."""

    NONE = "none", _("No mail")
    AT_ONCE = "at_once", _("Mailed at once")
    WAITING = "waiting", _("Waits for the digest")
    DIGESTED = "digested", _("Mailed in the digest")


class Audience(models.TextChoices):
    """Whom a kind concerns; decides what a person finds among their settings."""

    EXPORTER = "exporter", _("Exporters")
    BUYER = "buyer", _("Buyers")
    OFFICER = "officer", _("Officers")
