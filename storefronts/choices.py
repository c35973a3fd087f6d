"""States, roles and kinds of companies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaymentState(models.TextChoices):
    """`waiting` is a change that nobody sees work yet; one `active` at a time is what buyers pay to."""

    WAITING = "waiting", _("Waiting")
    ACTIVE = "active", _("In use")
    REPLACED = "replaced", _("Replaced")
    CANCELLED = "cancelled", _("Taken back")
    REFUSED = "refused", _("Refused")


class CompanyState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Being checked")
    CHANGES_ASKED = "changes", _("Changes asked for")
    REJECTED = "rejected", _("Rejected")
    VERIFIED = "verified", _("Verified")
    SUSPENDED = "suspended", _("Suspended")


class ProposalState(models.TextChoices):
    """A proposed set of company facts."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Waiting for review")
    CHANGES_ASKED = "changes", _("Changes asked for")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")


class CompanyKind(models.TextChoices):
    MAKER = "maker", _("Maker")
    TRADER = "trader", _("Trader")
    SERVICE = "service", _("Service provider")


class SiteKind(models.TextChoices):
    OFFICE = "office", _("Office")
    FACTORY = "factory", _("Factory")
    WORKSHOP = "workshop", _("Workshop")
    FARM = "farm", _("Farm")
    WAREHOUSE = "warehouse", _("Warehouse")


class Role(models.TextChoices):
    OWNER = "owner", _("Owner: everything, and the team")
    EDITOR = "editor", _("Editor: products and storefront")
    VIEWER = "viewer", _("Viewer: reads only")


ROLE_NAMES = {Role.OWNER: _("Owner"), Role.EDITOR: _("Editor"), Role.VIEWER: _("Viewer")}
"""Roles in a word, where what they may do is said elsewhere."""


class ChannelKind(models.TextChoices):
    PHONE = "phone", _("Phone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("E-mail")
    WEBSITE = "website", _("Website")


class EvidenceLevel(models.IntegerChoices):
    """The evidence ladder: how a claim was checked."""

    STATED = 0, _("Stated by the exporter")
    DOCUMENT_SEEN = 1, _("Document seen by an officer")
    ISSUER_CONFIRMED = 2, _("Confirmed by the issuer or its register")
    SEEN_ON_SITE = 3, _("Seen on site")
    SIGNED = 4, _("Signed by the issuer")


class RegistrationCheck(models.TextChoices):
    """What the number's own check digits say; no register is asked."""

    VALID = "valid", _("The number is well formed")
    INVALID = "invalid", _("The number is not well formed")
    UNKNOWN = "unknown", _("We know no format for this country")


class StepState(models.TextChoices):
    """Where one of a firm's first steps is."""

    DONE = "done", _("Done")
    WAITING = "waiting", _("With the agency")
    NEXT = "next", _("Next")
    OPEN = "open", _("Open")


class OfferOutcome(models.TextChoices):
    """How an offer of ownership ended."""

    OPEN = "", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    LAPSED = "lapsed", _("Expired, or somebody left")


class OwnerSex(models.TextChoices):
    """Who owns most of a firm; asked for the agency's reports only."""

    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    BOTH = "both", _("Women and men alike")
    UNKNOWN = "", _("Not known")
