"""Kinds of schemes and papers, states of a certificate, how it was checked, and the words of market requirements."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SchemeKind(models.TextChoices):
    """What a scheme looks at."""

    MANAGEMENT_SYSTEM = "management_system", _("Management system")
    PRODUCT = "product", _("Product")
    PROCESS = "process", _("Process")
    SOCIAL_AUDIT = "social_audit", _("Social audit")
    CONFORMITY_MARKING = "conformity_marking", _("Conformity marking")
    MARKET_ACCESS = "market_access", _("Market access")
    TRANSACTION_DOCUMENT = "transaction_document", _("Document of one shipment")


class Paper(models.TextChoices):
    """What the paper itself is. Only a certificate is ever called one."""

    CERTIFICATE = "certificate", _("Certificate")
    AUDIT_REPORT = "audit_report", _("Audit report")
    REGISTRATION = "registration", _("Registration")
    DECLARATION = "declaration", _("Declaration")
    MARK = "mark", _("Mark")
    PERMIT = "permit", _("Permit")
    TRANSACTION = "transaction", _("Shipment document")


class CertificateState(models.TextChoices):
    """What is stored. That a certificate is ending or has ended follows from the day and is stored nowhere."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Being checked")
    VERIFIED = "verified", _("Verified")
    REJECTED = "rejected", _("Rejected")
    REVOKED = "revoked", _("Revoked")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CheckMethod(models.TextChoices):
    """How an officer looked; `rules.evidence` says how high each can lift a certificate."""

    REGISTER = "register", _("Looked up in the register")
    ISSUER = "issuer", _("Asked the issuer")
    ON_SITE = "on_site", _("Seen on site")
    CREDENTIAL = "credential", _("Read the issuer’s signed credential")


class CheckResult(models.TextChoices):
    CONFIRMED = "confirmed", _("Confirmed")
    DIFFERENT = "different", _("Something differs")
    NOT_FOUND = "not_found", _("Not found")
    UNREACHABLE = "unreachable", _("Nobody answered")


class Market(models.TextChoices):
    EU = "EU", _("European Union")
    UK = "UK", _("United Kingdom")
    US = "US", _("United States")
    JP = "JP", _("Japan")
    GCC = "GCC", _("Gulf states")
    CN = "CN", _("China")


class Family(models.TextChoices):
    """Families of products that markets ask the same of."""

    ANY = "any", _("All products")
    FRESH_PRODUCE = "fresh-produce", _("Fresh fruit and vegetables")
    PROCESSED_FOOD = "processed-food", _("Processed food")
    COFFEE_COCOA = "coffee-cocoa", _("Coffee and cocoa")
    HONEY_SPICES = "honey-spices", _("Honey and spices")
    FISH = "fish", _("Fish and seafood")
    TEXTILES = "textiles", _("Textiles")
    LEATHER = "leather", _("Leather")
    WOOD_FURNITURE = "wood-furniture", _("Wood and furniture")
    COSMETICS = "cosmetics", _("Cosmetics")
    CRAFTS_GIFTS = "crafts-gifts", _("Crafts and gifts")
    TOYS = "toys", _("Toys")
    ELECTRICAL = "electrical", _("Electrical goods")


class RequirementSide(models.TextChoices):
    ORIGIN = "origin", _("Permit of your own country")
    DESTINATION = "destination", _("Asked for by the market")


class RequirementKind(models.TextChoices):
    LAW = "law", _("Law")
    CUSTOMS = "customs", _("Customs")
    BUYERS = "buyers", _("Buyers expect it")


class LiftedBy(models.TextChoices):
    """Who can lift what blocks."""

    EXPORTER = "exporter", _("You can do it yourself")
    AUTHORITY = "authority", _("An authority of your country")
    IMPORTER = "importer", _("Your buyer or importer")
    AGENCY = "agency", _("The agency helps")
