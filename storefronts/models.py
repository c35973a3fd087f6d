"""Companies with their members, sites, contact channels and proposed changes."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from storefronts.choices import (
    ROLE_NAMES,
    ChannelKind,
    CompanyKind,
    CompanyState,
    EvidenceLevel,
    OfferOutcome,
    OwnerSex,
    PaymentState,
    ProposalState,
    RegistrationCheck,
    Role,
    SiteKind,
)


class CompanyQuerySet(models.QuerySet["Company"]):
    def public(self) -> Self:
        """Companies whose storefront everybody may see."""
        return self.filter(state=CompanyState.VERIFIED)

    def visible_to(self, user: Any) -> Self:
        """What a person may know of: public storefronts, their own companies; officers see all."""
        if getattr(user, "is_officer", False):
            return self
        own = Q(pk__in=Company.objects.of_member(user).values("pk"))
        return self.filter(Q(state=CompanyState.VERIFIED) | own)

    def unconfirmed(self) -> Self:
        """Firms that the agency entered and that nobody of theirs has taken over yet; officers who draft for them do not count."""
        entered = self.filter(state=CompanyState.DRAFT, agency_facts__entered_by__isnull=False)
        return entered.exclude(pk__in=Member.objects.filter(is_agency=False).values("company"))

    def of_member(self, user: Any, *roles: str) -> Self:
        """Companies in which the person holds one of the roles (any role when none is named)."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(members__user=user, members__role__in=roles or Role.values)


class Company(models.Model):
    """The legal firm behind a storefront. The columns hold what is public; a change waits in a CompanyRevision."""

    slug = models.SlugField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=CompanyState, default=CompanyState.DRAFT)
    legal_name = models.CharField(_("legal name"), max_length=160)
    kind = models.CharField(_("what the company does"), max_length=10, choices=CompanyKind)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=80, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=40, blank=True)
    registration_check = models.CharField(max_length=10, choices=RegistrationCheck, default=RegistrationCheck.UNKNOWN)
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    exporting_since = models.PositiveSmallIntegerField(_("exporting since"), null=True, blank=True)
    export_markets = models.JSONField(_("countries exported to"), default=list, blank=True)
    languages = models.JSONField(_("languages you answer in"), default=list, blank=True)
    capacity = models.CharField(_("yearly capacity"), max_length=80, blank=True)
    women_led = models.BooleanField(_("led by women"), default=False, db_default=False)
    works_alone = models.BooleanField(
        default=False, db_default=False, help_text=_("Its owner said that nobody else works here.")
    )
    tagline = models.CharField(_("one line about you"), max_length=120, blank=True)
    story = models.TextField(_("your story"), blank=True)
    logo = models.ForeignKey("uploads.Upload", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    cover = models.ForeignKey("uploads.Upload", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    evidence_level = models.PositiveSmallIntegerField(choices=EvidenceLevel, default=EvidenceLevel.STATED)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="verified_companies"
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = CompanyQuerySet.as_manager()

    class Meta:
        ordering = ["legal_name"]
        verbose_name_plural = _("companies")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="verified")
                | Q(verified_by__isnull=False, verified_at__isnull=False, verified_until__isnull=False),
                name="a_verified_company_says_by_whom",
            ),
            models.UniqueConstraint(
                "country",
                Lower("registration_number"),
                condition=~Q(registration_number="") & Q(state="verified"),
                name="one_verified_company_per_number",
            ),
        ]

    def __str__(self) -> str:
        return self.legal_name

    def get_absolute_url(self) -> str:
        """The storefront."""
        return reverse("storefronts:detail", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.state == CompanyState.VERIFIED

    def is_verified_on(self, day: date) -> bool:
        """Verified, and the verification has not run out."""
        return self.is_public and self.verified_until is not None and day <= self.verified_until


class CompanyRevision(models.Model):
    """A proposed set of the facts that an officer checks; at most one is open per company."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.DRAFT)
    facts = models.JSONField(default=dict, help_text=_("Field name to value, as rules.REVIEWED_FIELDS lists them."))
    before = models.JSONField(default=dict, help_text=_("What was public when it was approved, for undo."))
    note = models.TextField(blank=True, help_text=_("What the officer wrote to the exporter."))
    edit_count = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="company_revisions_are_numbered"),
            models.UniqueConstraint(
                fields=["company"],
                condition=Q(state__in=["draft", "in_review", "changes"]),
                name="one_open_revision_per_company",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} r{self.number}"


class Member(models.Model):
    """A person of a company, with a role."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    is_agency = models.BooleanField(
        default=False, db_default=False, help_text=_("An officer who drafts for a firm until it has confirmed.")
    )
    joined_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["company", "user"], name="one_membership_per_person"),
            models.CheckConstraint(
                condition=Q(is_agency=False) | Q(role="editor"), name="the_agency_drafts_as_an_editor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"

    @property
    def role_name(self) -> str:
        """The role in a word."""
        if self.is_agency:
            return str(_("The agency"))
        return str(ROLE_NAMES[Role(self.role)])

    @property
    def can_edit(self) -> bool:
        return self.role in {Role.OWNER, Role.EDITOR}

    @property
    def can_manage_team(self) -> bool:
        return self.role == Role.OWNER


class Invitation(models.Model):
    """A mailed invitation to join a company; only the hash of its token is kept."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.EDITOR)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                "company", Lower("email"), condition=Q(accepted_at=None, revoked_at=None), name="one_open_invitation"
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def role_name(self) -> str:
        """The role in a word."""
        return str(ROLE_NAMES[Role(self.role)])

    def is_open_at(self, now: datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and now < self.expires_at


class OwnershipOffer(models.Model):
    """An owner hands the company to a colleague, who must accept; at most one is open per company."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="ownership_offers")
    offered_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=OfferOutcome, default=OfferOutcome.OPEN, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["company"], condition=Q(outcome=""), name="one_open_ownership_offer"),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at=None) | ~Q(outcome="") & Q(closed_at__isnull=False),
                name="a_closed_offer_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company_id}: {self.offered_by_id} > {self.offered_to_id}"

    def is_open_at(self, now: datetime) -> bool:
        return self.outcome == OfferOutcome.OPEN and now < self.expires_at


class Site(models.Model):
    """A place where the company works."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=SiteKind)
    city = models.CharField(_("town"), max_length=80)
    region = models.CharField(_("region"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class ContactChannel(models.Model):
    """A way to reach the company, and whether buyers see it."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    value = models.CharField(max_length=200)
    is_shown = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["company", "kind"], name="one_channel_per_kind")]

    def __str__(self) -> str:
        return self.value


class AgencyFacts(models.Model):
    """What the agency keeps of a firm for its own work and its reports; neither buyers nor other firms ever read it."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="agency_facts")
    member_number = models.CharField(_("member number"), max_length=40, blank=True)
    sector = models.CharField(
        _("sector"), max_length=60, blank=True, help_text=_("The slug of a branch or sub-category.")
    )
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail for the invitation"), blank=True)
    owner_sex = models.CharField(
        _("owned mostly by"), max_length=5, choices=OwnerSex, default=OwnerSex.UNKNOWN, blank=True
    )
    jobs_women = models.PositiveIntegerField(_("jobs of women"), null=True, blank=True)
    jobs_men = models.PositiveIntegerField(_("jobs of men"), null=True, blank=True)
    exports_last_year = models.DecimalField(
        _("exports of the year"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    exports_currency = models.CharField(_("currency"), max_length=3, blank=True)
    exports_year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_("The officer, where the agency entered the firm."),
    )  # fmt: skip
    entered_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["company"]
        verbose_name_plural = _("facts for the agency")
        constraints = [
            models.CheckConstraint(
                condition=Q(exports_last_year=None) | (Q(exports_last_year__gte=0) & ~Q(exports_currency="")),
                name="exports_have_a_currency",
            )
        ]

    def __str__(self) -> str:
        return str(self.company)


class ClaimCode(models.Model):
    """A printed code with which a firm takes over what the agency entered; it opens once, and only its hash is kept."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="claim_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["company"], condition=Q(used_at=None), name="one_open_code_a_company")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class PaymentDetails(models.Model):
    """Where buyers pay, encrypted; a change waits 72 hours and for an officer's call before it is used. Never changed, only followed."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="payment_details")
    state = models.CharField(max_length=10, choices=PaymentState, default=PaymentState.WAITING)
    sealed = models.TextField(help_text=_("Holder, bank, account number and BIC, encrypted (core.secrets)."))
    last_four = models.CharField(max_length=4, help_text=_("Of the account number: to tell accounts apart."))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    usable_from = models.DateTimeField()
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    called_at = models.DateTimeField(null=True, blank=True)
    called_number = models.CharField(max_length=40, blank=True)
    call_note = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    used_from = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text=_("Why an officer refused it."))

    class Meta:
        ordering = ["-asked_at"]
        verbose_name_plural = _("payment details")
        constraints = [
            models.UniqueConstraint(
                fields=["company"], condition=Q(state="waiting"), name="one_payment_change_at_a_time"
            ),
            models.UniqueConstraint(fields=["company"], condition=Q(state="active"), name="one_account_in_use"),
            models.CheckConstraint(
                condition=~Q(state__in=["active", "replaced"])
                | Q(called_by__isnull=False, used_from__isnull=False) & ~Q(call_note="") & ~Q(called_number=""),
                name="an_account_in_use_was_called_back",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
