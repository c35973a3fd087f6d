"""Kinds of support, what is counted in a period, and by what it is divided."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SupportKind(models.TextChoices):
    """The policy's instruments, as an officer would name the hour's work."""

    ADVICE = "advice", _("Advice")
    TRAINING = "training", _("Training")
    CERTIFICATION = "certification", _("Help with certification")
    CONTENT = "content", _("Translation or content")
    CONTACT = "contact", _("Trade fair or buyer contact")
    FINANCE = "finance", _("Finance")
    OTHER = "other", _("Something else")


class Measure(models.TextChoices):
    """What is counted; each has its rows."""

    JOINED = "joined", _("Firms joined")
    PUBLIC = "public", _("Firms public today")
    LIVE = "live", _("Products live today")
    PUBLISHED = "published", _("Products first published")
    INQUIRIES = "inquiries", _("Inquiries received")
    IN_TIME = "in_time", _("Answered in time")
    QUOTED = "quoted", _("Quotations sent")
    DEALS = "deals", _("Deals agreed")
    CONFIRMED = "confirmed", _("Deals confirmed by buyers")
    SUPPORT = "support", _("Acts of support")


class Division(models.TextChoices):
    """By what firms are divided: each firm stands in exactly one part of each."""

    REGION = "region", _("Region")
    SECTOR = "sector", _("Sector")
    SEX = "sex", _("Owned mostly by")
