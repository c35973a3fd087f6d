"""What a revision says beyond its basics: variants with their own prices, texts in other languages, attributes, documents."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from listings.choices import DocumentKind, TextOrigin, Visibility
from listings.models.revision import ListingRevision


class Variant(models.Model):
    """One way in which the product is sold, such as a size or a colour, with its own numbers and prices."""

    revision = models.ForeignKey(ListingRevision, on_delete=models.CASCADE, related_name="variants")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("variant"), max_length=80)
    article_number = models.CharField(_("article number (SKU)"), max_length=40, blank=True)
    gtin = models.CharField(_("GTIN"), max_length=14, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="variants_are_in_order"),
            models.UniqueConstraint(fields=["revision", "name"], name="variants_have_their_own_names"),
            models.UniqueConstraint(
                fields=["revision", "article_number"],
                condition=~Q(article_number=""),
                name="an_article_number_once_per_revision",
            ),
            models.UniqueConstraint(
                fields=["revision", "gtin"], condition=~Q(gtin=""), name="a_gtin_once_per_revision"
            ),
            models.CheckConstraint(
                condition=Q(gtin="") | Q(gtin__regex=r"^([0-9]{8}|[0-9]{12}|[0-9]{13}|[0-9]{14})$"),
                name="gtins_of_variants_have_8_12_13_or_14_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VariantPrice(models.Model):
    """From this quantity on, each unit of the variant costs this much, in the revision's currency."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="prices")
    minimum_quantity = models.DecimalField(max_digits=12, decimal_places=3)
    unit_price = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        ordering = ["minimum_quantity"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "minimum_quantity"], name="one_price_per_variant_and_quantity"),
            models.CheckConstraint(
                condition=Q(unit_price__gt=0, minimum_quantity__gt=0), name="prices_of_variants_are_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minimum_quantity}: {self.unit_price}"


class ListingText(models.Model):
    """The texts in one more language than the revision's own. Nothing is machine-translated: a person wrote them."""

    revision = models.ForeignKey(ListingRevision, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10)
    origin = models.CharField(_("how it came about"), max_length=10, choices=TextOrigin)
    title = models.CharField(_("name of the product"), max_length=120)
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=6000, blank=True)

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "language"], name="one_text_per_language"),
            models.CheckConstraint(condition=~Q(title=""), name="a_text_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.title}"


class AttributeValue(models.Model):
    """What the exporter says of one attribute: a number in its unit, or words ("yes", "no", a choice in English, free text)."""

    revision = models.ForeignKey(ListingRevision, on_delete=models.CASCADE, related_name="attribute_values")
    attribute = models.ForeignKey("reference.Attribute", on_delete=models.PROTECT, related_name="+")
    number = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    text = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["attribute__category__position", "attribute__position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "attribute"], name="one_value_per_attribute"),
            models.CheckConstraint(
                condition=Q(number__isnull=False, text="") | (Q(number=None) & ~Q(text="")),
                name="an_attribute_has_a_number_or_a_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attribute_id}: {self.text or self.number}"

    @property
    def value(self) -> Any:
        """The number, or the words as stored."""
        return self.text or self.number


class ListingDocument(models.Model):
    """A paper about the product. It is no certificate: an officer may have seen it, but it never bears the seal."""

    revision = models.ForeignKey(ListingRevision, on_delete=models.CASCADE, related_name="documents")
    upload = models.ForeignKey("uploads.Upload", on_delete=models.PROTECT, related_name="listing_documents")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind of document"), max_length=14, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=120)
    visibility = models.CharField(_("who may read it"), max_length=14, choices=Visibility, default=Visibility.PUBLIC)
    number = models.CharField(_("number"), max_length=60, blank=True)
    lot = models.CharField(_("lot"), max_length=60, blank=True)
    issued_by = models.CharField(_("laboratory or authority"), max_length=120, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "upload"], name="a_document_once_per_revision"),
            models.CheckConstraint(
                condition=~Q(kind="lab_report") | (~Q(lot="") & ~Q(issued_by="") & Q(issued_on__isnull=False)),
                name="a_laboratory_report_has_lot_laboratory_and_date",
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(valid_until=None) | Q(valid_until__gte=models.F("issued_on")),
                name="a_document_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def evidence_level(self) -> int:
        """0: stated by the exporter; 1: an officer has seen the paper."""
        return 1 if self.seen_at else 0

    def is_valid_on(self, day: date) -> bool:
        """Whether it has not ended by then."""
        return self.valid_until is None or self.valid_until >= day
