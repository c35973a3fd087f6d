"""A request for quotation with its lines, the certificates it asks for and its files; which exporters it was matched with."""

import uuid
from datetime import date
from typing import Self

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.templatetags.ui import listed
from inquiries.choices import MatchState, RequestState
from inquiries.rules.messages import Reader
from reference.choices import Incoterm, Unit
from reference.selectors import get_country_name
from storefronts.models import Company


class RequestQuerySet(models.QuerySet["Request"]):
    def confirmed(self) -> Self:
        """Those that the buyer has really sent."""
        return self.exclude(state=RequestState.UNCONFIRMED)

    def asked_by(self, reader: Reader) -> Self:
        """Of this person, from one of their confirmed addresses, or opened in this browser by a mailed link."""
        mine = Q(pk__in=list(reader.opened))
        if reader.user.is_authenticated:
            addresses = EmailAddress.objects.filter(user=reader.user, verified=True).values("email")
            mine |= Q(buyer=reader.user) | Q(buyer=None, buyer_email__in=addresses)
        return self.filter(mine)

    def visible_to(self, reader: Reader) -> Self:
        """The buyer's own, those that the person's company was asked to answer; officers read sourcing requests that were sent."""
        seen = Q(pk__in=self.asked_by(reader).values("pk"))
        if reader.user.is_authenticated:
            sent = ~Q(state=RequestState.UNCONFIRMED)
            mine = Company.objects.of_member(reader.user).values("pk")
            told = Match.objects.told().filter(company__in=mine)
            seen |= Q(company__in=mine) & sent | Q(pk__in=told.values("request"))
            if reader.user.is_officer:
                seen |= Q(company=None) & sent
        return self.filter(seen)


class Request(models.Model):
    """What a buyer needs, line by line: put to one exporter, or without one a sourcing request that the agency opens."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(
        "storefronts.Company", null=True, blank=True, on_delete=models.PROTECT, related_name="requests",
        help_text=_("Empty for a sourcing request."),
    )  # fmt: skip
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.UNCONFIRMED)
    key = models.CharField(max_length=64, help_text=_("Made with the form: the same one twice is one request."))

    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests"
    )
    buyer_email = models.EmailField(max_length=254)
    buyer_name = models.CharField(max_length=120)
    buyer_organisation = models.CharField(max_length=160, blank=True)
    buyer_country = models.CharField(max_length=2, blank=True)
    buyer_language = models.CharField(max_length=10, default="en")

    title = models.CharField(max_length=120)
    destination = models.CharField(max_length=2, help_text=_("ISO 3166 code of the country."))
    place = models.CharField(max_length=80, blank=True)
    incoterm = models.CharField(max_length=3, choices=Incoterm, blank=True)
    needed_by = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="en")
    schemes = models.ManyToManyField("certifications.Scheme", through="inquiries.RequestScheme", related_name="+")

    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True, help_text=_("The last day on which it can be answered."))

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="unconfirmed", confirmed_at=None) | ~Q(state="unconfirmed") & ~Q(confirmed_at=None),
                name="a_request_is_sent_by_confirming",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(company__isnull=False) | Q(decided_at__isnull=False),
                name="an_open_sourcing_request_was_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "rejected"]) | Q(company=None),
                name="only_sourcing_waits_for_an_officer",
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(closes_on__isnull=False), name="an_open_request_has_its_last_day"
            ),
            models.UniqueConstraint(fields=["buyer_email", "key"], name="a_request_is_asked_once"),
        ]
        indexes = [models.Index(fields=["buyer_email", "-asked_at"], name="request_of_buyer")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The buyer's page of it."""
        return reverse("inquiries:request", args=[self.pk])

    @property
    def place_line(self) -> str:
        """Where the goods go, in the reader's language: "Hamburg, Germany"."""
        return listed((self.place, get_country_name(code=self.destination, language=get_language() or "en")))

    @property
    def is_sourcing(self) -> bool:
        """The agency chooses whom it goes to."""
        return self.company_id is None

    def is_open_on(self, day: date) -> bool:
        """Exporters can answer."""
        return self.state == RequestState.OPEN and self.closes_on is not None and day <= self.closes_on


class RequestLine(models.Model):
    """One thing that is needed: a product of the exporter, or in words and by HS code."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    listing = models.ForeignKey("listings.Listing", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    hs_code = models.CharField(max_length=6, blank=True)
    description = models.CharField(max_length=120)
    specification = models.TextField(blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    unit = models.CharField(max_length=10, choices=Unit)
    target_price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["request", "position"], name="lines_of_a_request_are_in_order"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_requested_quantity_is_positive"),
            models.CheckConstraint(
                condition=Q(target_price=None) | Q(target_price__gt=0) & ~Q(currency=""),
                name="a_target_price_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(hs_code="") | Q(hs_code__regex=r"^[0-9]{6}$"), name="requested_hs_codes_have_six_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.description


class RequestScheme(models.Model):
    """A certificate without which an exporter need not answer."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="asked_schemes")
    scheme = models.ForeignKey("certifications.Scheme", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["request", "scheme"], name="a_certificate_is_asked_for_once")]

    def __str__(self) -> str:
        return str(self.scheme_id)


class RequestFile(models.Model):
    """A file that the buyer adds, such as a drawing or a specification."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="files")
    upload = models.OneToOneField("uploads.Upload", on_delete=models.PROTECT, related_name="request_file")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["request", "position"], name="files_of_a_request_are_in_order")]

    def __str__(self) -> str:
        return str(self.upload)


class MatchQuerySet(models.QuerySet["Match"]):
    def told(self) -> Self:
        """Those whose exporter knows; before that the officer's decision can still be undone."""
        return self.exclude(told_at=None)

    def waiting(self) -> Self:
        """Nobody of the exporter has answered or declined, and the request is still open."""
        return self.told().filter(state=MatchState.INVITED, request__state=RequestState.OPEN)


class Match(models.Model):
    """An exporter whom a sourcing request goes to, and why: points from 0 to 100 with reasons that both sides read."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="matches")
    company = models.ForeignKey("storefronts.Company", on_delete=models.PROTECT, related_name="matches")
    listing = models.ForeignKey(
        "listings.Listing", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("The product that fits best."),
    )  # fmt: skip
    rank = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField(
        default=list, help_text=_("Code and values of each reason, as rules.matching gives them.")
    )
    state = models.CharField(max_length=10, choices=MatchState, default=MatchState.INVITED)
    inquiry = models.OneToOneField(
        "inquiries.Inquiry", null=True, blank=True, on_delete=models.PROTECT, related_name="match"
    )
    told_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]
        verbose_name_plural = _("matches")
        constraints = [
            models.UniqueConstraint(fields=["request", "company"], name="a_request_asks_an_exporter_once"),
            models.UniqueConstraint(fields=["request", "rank"], name="matches_are_ranked"),
            models.CheckConstraint(condition=Q(score__lte=100), name="a_match_has_at_most_100_points"),
            models.CheckConstraint(
                condition=Q(state="answering", inquiry__isnull=False) | ~Q(state="answering") & Q(inquiry=None),
                name="an_answering_exporter_has_a_thread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.company_id}"
