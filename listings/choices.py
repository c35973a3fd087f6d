"""States and kinds of listings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListingState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    LIVE = "live", _("Live")
    PAUSED = "paused", _("Paused")
    SUSPENDED = "suspended", _("Suspended")
    ARCHIVED = "archived", _("Archived")


class RevisionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Waiting for review")
    CHANGES_ASKED = "changes", _("Changes asked for")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    SUPERSEDED = "superseded", _("Superseded")


OPEN_STATES = (RevisionState.DRAFT, RevisionState.IN_REVIEW, RevisionState.CHANGES_ASKED)


class PriceVisibility(models.TextChoices):
    PUBLIC = "public", _("Everybody sees the price")
    CONFIRMED = "confirmed", _("Buyers with a confirmed address see it")
    ON_REQUEST = "on_request", _("Price on request")


class PackageKind(models.TextChoices):
    CARTON = "carton", _("Carton")
    DRUM = "drum", _("Drum")
    SACK = "sack", _("Sack")
    JERRYCAN = "jerrycan", _("Jerrycan")
    BIG_BAG = "big_bag", _("Big bag")
    CRATE = "crate", _("Crate")
    PALLET = "pallet", _("Pallet")


class ShelfLifeUnit(models.TextChoices):
    DAY = "day", _("days")
    MONTH = "month", _("months")
    YEAR = "year", _("years")


class TextOrigin(models.TextChoices):
    """How a text in another language came about."""

    SOURCE = "source", _("Written by us in this language")
    HUMAN = "human", _("Translated by a person")


class DocumentKind(models.TextChoices):
    """Papers about a product that are no certificates."""

    SPECIFICATION = "specification", _("Specification")
    LAB_REPORT = "lab_report", _("Laboratory report")
    REGISTRATION = "registration", _("Registration")
    LICENCE = "licence", _("Licence")
    OTHER = "other", _("Other document")


class Visibility(models.TextChoices):
    """Who may read a document, once an officer has seen it."""

    PUBLIC = "public", _("Everybody")
    INQUIRY = "inquiry", _("Buyers who have written to us")
    BUYER = "buyer", _("Only buyers whom we show it to")


class CoverageResult(models.TextChoices):
    """What the rules say of a certificate and a product: the results of a tick."""

    PASS = "pass", _("It covers this product")
    FAIL = "fail", _("It does not cover this product")
    UNKNOWN = "unknown", _("Not clear")


class AlertRhythm(models.TextChoices):
    """How often new finds of a saved search are mailed."""

    DAILY = "daily", _("Each day with something new")
    WEEKLY = "weekly", _("On Mondays")


class StopReason(models.TextChoices):
    """Why a saved search was stopped."""

    FOUND = "found", _("I found what I was looking for")
    TOO_MANY = "too_many", _("Too many mails")
    UNFIT = "unfit", _("The products do not fit")
    OTHER = "other", _("Another reason")


class TrafficKind(models.TextChoices):
    """What is counted by week: pages that were opened, and contacts that were followed."""

    PRODUCT = "product", _("Product page")
    STOREFRONT = "storefront", _("Storefront")
    PHONE = "phone", _("Phone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("E-mail")
    WEBSITE = "website", _("Website")


VIEW_KINDS = (TrafficKind.PRODUCT, TrafficKind.STOREFRONT)
CLICK_KINDS = (TrafficKind.PHONE, TrafficKind.WHATSAPP, TrafficKind.EMAIL, TrafficKind.WEBSITE)


class CallOutcome(models.TextChoices):
    """What came of a call to a firm that did not say whether its prices are still right."""

    REACHED = "reached", _("Reached, will answer")
    NOT_REACHED = "not_reached", _("Not reached")
    WRONG_NUMBER = "wrong_number", _("The number is wrong")
    OTHER = "other", _("Something else")
