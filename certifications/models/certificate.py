"""A certificate as the exporter states it and as officers checked it; its files, group members and checks."""

import secrets
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certifications.choices import CertificateState, CheckMethod, CheckResult, SchemeKind
from certifications.rules.validity import Standing, get_standing, shows_seal
from storefronts.choices import CompanyState, EvidenceLevel
from storefronts.models import Company

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PUBLIC_ID_LENGTH = 10


def make_public_id() -> str:
    """Ten letters and figures that nobody mixes up when they type them from a sheet: about 49 bits of chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def public(self) -> Self:
        """What everybody may look up: checked by an officer, of a public storefront, and no document of one shipment."""
        return self.filter(
            state__in=[CertificateState.VERIFIED, CertificateState.REVOKED], company__state=CompanyState.VERIFIED
        ).exclude(scheme__kind=SchemeKind.TRANSACTION_DOCUMENT)

    def valid_on(self, day: date) -> Self:
        """Verified, begun and not ended; the last day counts."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), state="verified", valid_from__lte=day)

    def visible_to(self, user: Any) -> Self:
        """Public ones, a member's own in every state; officers see all but the drafts that nobody has sent."""
        if getattr(user, "is_officer", False):
            return self.exclude(state=CertificateState.DRAFT, submitted_at=None)
        own = Q(company__in=Company.objects.of_member(user).values("pk"))
        public = Q(state__in=["verified", "revoked"], company__state=CompanyState.VERIFIED) & ~Q(
            scheme__kind=SchemeKind.TRANSACTION_DOCUMENT
        )
        return self.filter(public | own)

    def not_looked_at_on(self, day: date) -> Self:
        """The nightly look has not been at them on this day, nor later."""
        return self.filter(Q(looked_on=None) | Q(looked_on__lt=day))

    def of_company(self, company: Any) -> Self:
        return self.filter(company=company).select_related("scheme", "issuer")


class Certificate(models.Model):
    """One certificate of a company. A verified one is never edited: the next one replaces it."""

    public_id = models.CharField(max_length=12, unique=True, default=make_public_id, editable=False)
    company = models.ForeignKey("storefronts.Company", on_delete=models.PROTECT, related_name="certificates")
    scheme = models.ForeignKey("certifications.Scheme", on_delete=models.PROTECT, related_name="certificates")
    issuer = models.ForeignKey(
        "certifications.Issuer", null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by")
    state = models.CharField(max_length=10, choices=CertificateState, default=CertificateState.DRAFT)
    edit_count = models.PositiveIntegerField(default=0)

    issuer_name = models.CharField(_("issuer, as printed"), max_length=160, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    number_key = models.CharField(max_length=60, blank=True, help_text=_("The number without blanks and signs."))
    holder = models.CharField(_("holder, as printed"), max_length=200, blank=True)
    holder_address = models.CharField(_("address of the site, as printed"), max_length=300, blank=True)
    scope = models.TextField(_("scope, as printed"), max_length=3000, blank=True)
    hs_prefixes = models.JSONField(_("HS codes covered"), default=list, blank=True)
    words = models.JSONField(_("products covered, in words"), default=list, blank=True)
    sites = models.ManyToManyField("storefronts.Site", blank=True, related_name="certificates")
    is_group = models.BooleanField(_("held by a group, with us as a member"), default=False)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    evidence_level = models.PositiveSmallIntegerField(choices=EvidenceLevel, default=EvidenceLevel.STATED)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="verified_certificates"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    first_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("Who approved it first, where two officers check."),
    )  # fmt: skip
    note = models.TextField(blank=True, help_text=_("What the officer wrote to the exporter."))
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.CharField(
        max_length=120, blank=True, help_text=_("The officer’s reason in a few words, in English.")
    )

    fit = models.JSONField(default=list, blank=True, help_text=_("The last ticks, as rules.fit gives them."))
    looked_on = models.DateField(null=True, blank=True, help_text=_("The last nightly look."))
    reminded = models.JSONField(default=list, blank=True, help_text=_("Days before the end that were reminded of."))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
                name="a_certificate_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified")
                | Q(
                    verified_by__isnull=False, verified_at__isnull=False, valid_from__isnull=False,
                    evidence_level__gte=1,
                ),
                name="a_verified_certificate_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked") | (Q(revoked_at__isnull=False) & ~Q(revoked_because="")),
                name="a_revoked_certificate_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["verified", "revoked", "withdrawn"]) | Q(evidence_level=0),
                name="only_checks_lift_the_evidence",
            ),
            models.UniqueConstraint(
                fields=["company", "scheme", "number_key", "valid_from"],
                condition=Q(state__in=["submitted", "verified"]) & ~Q(number_key=""),
                name="one_certificate_per_number_and_term",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["scheme", "number_key"], name="certificate_number"),
            models.Index(fields=["state", "valid_until"], name="certificate_ending"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme.label} {self.number}".strip()

    def get_absolute_url(self) -> str:
        """The page where everybody can check it."""
        return reverse("certificates:verify", args=[self.public_id])

    def is_valid_on(self, day: date) -> bool:
        """Verified, begun, and not ended; the last day counts."""
        return self._stand_on(day).is_valid

    @property
    def revocation_text(self) -> str:
        """Why it was revoked, in the reader's language where the message catalogue has the reason."""
        return gettext(self.revoked_because)

    def shows_seal_on(self, day: date) -> bool:
        """The seal means that an officer confirmed it with its issuer, and that it is valid."""
        return shows_seal(level=self.evidence_level, standing=self._stand_on(day), is_badge=self.scheme.is_badge)

    def _stand_on(self, day: date) -> Standing:
        return get_standing(state=self.state, valid_from=self.valid_from, valid_until=self.valid_until, day=day)


class GroupMember(models.Model):
    """A member named in a group certificate's list."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="group_members")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class CertificateFile(models.Model):
    """A file that shows the certificate, in order. Its original is private and stays as it was sent."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="files")
    upload = models.OneToOneField("uploads.Upload", on_delete=models.PROTECT, related_name="certificate_file")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.upload_id)


class Check(models.Model):
    """What an officer found when they looked beyond the document: the register, the issuer, the site. Never changed."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="checks")
    method = models.CharField(max_length=12, choices=CheckMethod)
    result = models.CharField(max_length=12, choices=CheckResult)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    edit_count = models.PositiveIntegerField(help_text=_("Which version of the certificate was compared."))
    url = models.URLField(max_length=500, blank=True)
    text = models.TextField(max_length=5000, blank=True, help_text=_("What stood there, or who said what."))
    picture = models.ForeignKey(
        "uploads.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="certificate_checks"
    )

    class Meta:
        ordering = ["-checked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="unreachable") | ~Q(text="") | Q(picture__isnull=False),
                name="a_check_leaves_evidence",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}: {self.get_result_display()}"
