"""A revision: one proposed or approved state of a listing, with its prices, packing and pictures."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from listings.choices import PackageKind, PriceVisibility, RevisionState, ShelfLifeUnit
from reference.choices import Incoterm, Unit

if TYPE_CHECKING:
    from listings.models.depth import ListingText


class ListingRevision(models.Model):
    """The content of a listing at one time. Every change makes or edits the one open revision."""

    listing = models.ForeignKey("listings.Listing", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RevisionState, default=RevisionState.DRAFT)
    edit_count = models.PositiveIntegerField(
        default=0, help_text=_("Grows with each save; two tabs cannot overwrite one another.")
    )

    title = models.CharField(_("name of the product"), max_length=120, blank=True)
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=6000, blank=True)
    language = models.CharField(_("language of the text"), max_length=10, default="en")
    category = models.ForeignKey(
        "reference.Category",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("category"),
    )
    unit = models.CharField(_("sold by the"), max_length=10, choices=Unit, blank=True)

    currency = models.CharField(_("currency"), max_length=3, blank=True)
    price_visibility = models.CharField(
        _("who sees the price"), max_length=10, choices=PriceVisibility, default=PriceVisibility.PUBLIC
    )
    minimum_order = models.DecimalField(_("minimum order"), max_digits=12, decimal_places=3, null=True, blank=True)
    incoterm = models.CharField(_("price includes"), max_length=3, choices=Incoterm, blank=True)
    incoterm_place = models.CharField(_("named place"), max_length=80, blank=True)

    seen_by_officer = models.BooleanField(
        _("an officer has looked at it"),
        default=True,
        help_text=_("What was published at once is measured against the last that was."),
    )
    hs_code = models.CharField(_("HS code"), max_length=6, blank=True, help_text=_("Six digits, no dots."))
    hs_edition = models.CharField(_("edition of the HS code"), max_length=4, blank=True, help_text=_("H6 is HS 2022."))
    hs_ask_agency = models.BooleanField(_("ask the agency for the HS code"), default=False)
    article_number = models.CharField(_("your article number (SKU)"), max_length=40, blank=True)
    gtin = models.CharField(_("GTIN"), max_length=14, blank=True, help_text=_("8, 12, 13 or 14 digits."))
    origin_country = models.CharField(_("country of origin"), max_length=2, blank=True)
    origin_region = models.CharField(_("region of origin"), max_length=80, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(_("days until ready to ship"), null=True, blank=True)
    sample_offered = models.BooleanField(_("samples can be ordered"), default=False)
    sample_price = models.DecimalField(_("price of a sample"), max_digits=14, decimal_places=4, null=True, blank=True)
    sample_days = models.PositiveSmallIntegerField(_("days until a sample is sent"), null=True, blank=True)
    sample_size = models.CharField(_("size of a sample"), max_length=60, blank=True)

    private_label_offered = models.BooleanField(_("sold under the buyer’s brand too"), default=False)
    private_label_minimum = models.DecimalField(
        _("smallest order under the buyer’s brand"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    customisation_offered = models.BooleanField(_("made to the buyer’s wishes too"), default=False)
    customisation_note = models.CharField(_("what can be changed"), max_length=300, blank=True)
    shelf_life = models.PositiveSmallIntegerField(_("shelf life"), null=True, blank=True)
    shelf_life_unit = models.CharField(max_length=5, choices=ShelfLifeUnit, blank=True)
    harvest_months = models.JSONField(_("months of harvest"), default=list, blank=True, help_text=_("1 to 12."))
    is_dangerous = models.BooleanField(_("dangerous goods"), default=False)
    un_number = models.CharField(_("UN number"), max_length=4, blank=True, help_text=_("Four digits."))
    stock = models.DecimalField(_("quantity available now"), max_digits=12, decimal_places=3, null=True, blank=True)
    stock_on = models.DateField(_("day of that quantity"), null=True, blank=True)
    yearly_capacity = models.DecimalField(_("capacity a year"), max_digits=14, decimal_places=3, null=True, blank=True)

    note = models.TextField(blank=True, help_text=_("What the officer wrote to the exporter."))
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    prices_confirmed_before = models.DateField(null=True, editable=False)
    prices_asked_before = models.DateField(null=True, editable=False)
    prices_hidden_before = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "number"], name="revisions_are_numbered"),
            models.UniqueConstraint(
                fields=["listing"],
                condition=Q(state__in=["draft", "in_review", "changes"]),
                name="one_open_revision_per_listing",
            ),
            models.CheckConstraint(
                condition=Q(hs_code="") | Q(hs_code__regex=r"^[0-9]{6}$"), name="hs_codes_have_six_digits"
            ),
            models.CheckConstraint(
                condition=Q(gtin="") | Q(gtin__regex=r"^([0-9]{8}|[0-9]{12}|[0-9]{13}|[0-9]{14})$"),
                name="gtins_have_8_12_13_or_14_digits",
            ),
            models.CheckConstraint(
                condition=Q(un_number="") | Q(un_number__regex=r"^[0-9]{4}$"), name="un_numbers_have_four_digits"
            ),
            models.CheckConstraint(
                condition=Q(minimum_order=None) | Q(minimum_order__gt=0), name="minimum_order_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(sample_price=None) | Q(sample_price__gte=0), name="sample_price_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(shelf_life=None, shelf_life_unit="") | (Q(shelf_life__gt=0) & ~Q(shelf_life_unit="")),
                name="a_shelf_life_has_its_unit",
            ),
            models.CheckConstraint(
                condition=Q(stock=None, stock_on=None) | Q(stock__gte=0, stock_on__isnull=False),
                name="a_quantity_in_stock_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"r{self.number}"

    def list_amounts(self) -> list[Decimal]:
        """Every unit price, of the product and of its variants; reads prefetched rows."""
        of_variants = [price.unit_price for variant in self.variants.all() for price in variant.prices.all()]
        return [*(row.unit_price for row in self.price_breaks.all()), *of_variants]

    @property
    def has_variant_prices(self) -> bool:
        """Whether a variant has prices of its own; reads prefetched rows."""
        return any(price for variant in self.variants.all() for price in variant.prices.all())

    def text_in(self, language: str) -> "ListingRevision | ListingText":
        """Name, summary and description in this language where a person wrote them, else in the revision's own; reads prefetched rows."""
        if language == self.language:
            return self
        return next((text for text in self.texts.all() if text.language == language), self)


class PriceBreak(models.Model):
    """From this quantity on, each unit costs this much."""

    revision = models.ForeignKey(ListingRevision, on_delete=models.CASCADE, related_name="price_breaks")
    minimum_quantity = models.DecimalField(max_digits=12, decimal_places=3)
    unit_price = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        ordering = ["minimum_quantity"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "minimum_quantity"], name="one_price_per_quantity"),
            models.CheckConstraint(condition=Q(unit_price__gt=0, minimum_quantity__gt=0), name="prices_are_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.minimum_quantity}: {self.unit_price}"


class PackageType(models.Model):
    """How the product is packed: one kind of package, what is in it, what it weighs and measures."""

    revision = models.ForeignKey(ListingRevision, on_delete=models.CASCADE, related_name="package_types")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind of package"), max_length=10, choices=PackageKind)
    contents = models.DecimalField(
        _("contents"), max_digits=12, decimal_places=3, help_text=_("In the listing's unit.")
    )
    net_weight_g = models.PositiveIntegerField(_("net weight in grams"))
    gross_weight_g = models.PositiveIntegerField(_("gross weight in grams"))
    length_mm = models.PositiveIntegerField(null=True, blank=True)
    width_mm = models.PositiveIntegerField(null=True, blank=True)
    height_mm = models.PositiveIntegerField(null=True, blank=True)
    diameter_mm = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="packages_are_in_order"),
            models.CheckConstraint(condition=Q(gross_weight_g__gte=F("net_weight_g")), name="gross_is_not_below_net"),
            models.CheckConstraint(condition=Q(contents__gt=0), name="a_package_holds_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.contents}"


class ListingPicture(models.Model):
    """A picture of a revision, in order; several revisions may show the same file."""

    revision = models.ForeignKey(ListingRevision, on_delete=models.CASCADE, related_name="pictures")
    upload = models.ForeignKey("uploads.Upload", on_delete=models.PROTECT, related_name="listing_pictures")
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(_("what the picture shows"), max_length=160, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["revision", "upload"], name="a_picture_once_per_revision")]

    def __str__(self) -> str:
        return self.alt or str(self.upload_id)
