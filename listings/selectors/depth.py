"""What a revision says beyond its basics, as plain values: variants, attributes, texts in other languages, documents."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Upper
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.money import Money, format_money
from core.templatetags.ui import listed, quantity
from listings.choices import ListingState, RevisionState, ShelfLifeUnit
from listings.models import ListingDocument, ListingRevision, Variant
from listings.rules.documents import DocumentFacts
from listings.rules.prices import Break
from listings.rules.texts import TextFacts
from listings.rules.variants import VariantFacts, list_same_numbers
from listings.selectors.words import format_quantity
from reference.models import Attribute, Category


def list_variants(*, revision: ListingRevision) -> tuple[VariantFacts, ...]:
    """The variants as plain values, in order; reads prefetched rows."""
    return tuple(
        VariantFacts(
            row.name, row.article_number, row.gtin,
            tuple(Break(price.minimum_quantity, price.unit_price) for price in row.prices.all()),
        )
        for row in revision.variants.all()
    )  # fmt: skip


def list_texts(*, revision: ListingRevision) -> tuple[TextFacts, ...]:
    """The texts in other languages as plain values; reads prefetched rows."""
    return tuple(
        TextFacts(row.language, row.origin, row.title, row.summary, row.description) for row in revision.texts.all()
    )


def list_documents(*, revision: ListingRevision) -> dict[str, DocumentFacts]:
    """What is said of each document, by its upload's id; reads prefetched rows."""
    return {str(row.upload_id): make_document_facts(document=row) for row in revision.documents.all()}


def make_document_facts(*, document: ListingDocument) -> DocumentFacts:
    """A document as plain values."""
    return DocumentFacts(
        document.kind, document.title, document.visibility, document.number, document.lot, document.issued_by,
        document.issued_on, document.valid_until,
    )  # fmt: skip


def list_values(*, revision: ListingRevision) -> dict[int, Decimal | str]:
    """What is said of each attribute, by its id, of whatever category; reads prefetched rows."""
    return {row.attribute_id: row.value for row in revision.attribute_values.all()}


@dataclass(frozen=True)
class AttributeFact:
    """An attribute of the category with what this product says of it, ready to print; "" where nothing."""

    label: str
    value: str


def list_attributes(*, category: Category | None) -> list[Attribute]:
    """What is asked of goods of this category, the branch's first; one that the sub-category asks by the same key stands once."""
    found: dict[str, Attribute] = {}
    for attribute in Attribute.objects.of_category(category):
        found[attribute.key] = attribute
    return list(found.values())


def list_attribute_facts(*, revision: ListingRevision) -> list[AttributeFact]:
    """What is said of the attributes that the category asks for; reads prefetched rows."""
    category = revision.category
    asked = {category.pk, category.parent_id} if category else set()
    return [
        AttributeFact(row.attribute.label, describe_value(attribute=row.attribute, value=row.value))
        for row in revision.attribute_values.all()
        if row.attribute.category_id in asked
    ]


def describe_value(*, attribute: Attribute, value: Any) -> str:
    """A value in the reader's language: 11.5 %, Cold-pressed, Yes."""
    if attribute.kind == Attribute.Kind.NUMBER:
        return f"{quantity(value)} {attribute.unit_label}".strip()
    if attribute.kind == Attribute.Kind.YES_NO:
        return _("Yes") if value == "yes" else _("No")
    return _(value) if attribute.kind == Attribute.Kind.CHOICE else str(value)


def list_detail_facts(*, revision: ListingRevision) -> list[tuple[str, str]]:
    """Availability, shelf life, brand and wishes in words, only what is told."""
    unit = revision.unit
    stock = format_quantity(number=revision.stock, unit=unit) if revision.stock is not None else ""
    if stock and revision.stock_on:
        stock = _("%(quantity)s on %(day)s") % {"quantity": stock, "day": date_format(revision.stock_on, "j M Y")}
    least = revision.private_label_minimum
    label = _("Yes, from %(quantity)s") % {"quantity": format_quantity(number=least, unit=unit)} if least else _("Yes")
    facts = [
        (_("Available now"), stock),
        (
            _("Capacity a year"),
            format_quantity(number=revision.yearly_capacity, unit=unit) if revision.yearly_capacity else "",
        ),
        (_("Harvest or making"), listed(str(MONTHS[month]) for month in revision.harvest_months)),
        (_("Shelf life"), describe_shelf_life(revision=revision)),
        (_("Under the buyer’s brand"), label if revision.private_label_offered else ""),
        (_("To the buyer’s wishes"), revision.customisation_note or _("Yes") if revision.customisation_offered else ""),
    ]
    return [(name, value) for name, value in facts if value]


def list_words(*, revision: ListingRevision) -> list[str]:
    """Every text that buyers read beside those of the first step: other languages, and small texts. Reads prefetched rows."""
    of_languages = [words for text in revision.texts.all() for words in (text.title, text.summary, text.description)]
    return [*of_languages, *list_small_texts(revision=revision)]


def list_small_texts(*, revision: ListingRevision) -> list[str]:
    """What is typed freely on the other pages: wishes, answers, names of variants, titles of documents, places, words of pictures."""
    answers = [row.text for row in revision.attribute_values.all() if row.attribute.kind == Attribute.Kind.TEXT]
    named = [row.name for row in revision.variants.all()] + [row.title for row in revision.documents.all()]
    alts = [row.alt for row in revision.pictures.all()]
    fields = [revision.customisation_note, revision.sample_size, revision.origin_region, revision.incoterm_place]
    return [text for text in (*fields, *answers, *named, *alts) if text]


def describe_variants(*, revision: ListingRevision, language: str) -> list[str]:
    """Each variant with its numbers and every price in one line. Reads prefetched rows."""
    lines = []
    for variant in revision.variants.all():
        prices = [
            _("%(price)s from %(quantity)s") % {
                "price": format_money(Money(price.unit_price, revision.currency), language=language),
                "quantity": format_quantity(number=price.minimum_quantity, unit=revision.unit),
            }
            for price in variant.prices.all()
        ]  # fmt: skip
        lines.append(listed((variant.name, variant.article_number, variant.gtin, *prices)))
    return lines


def describe_documents(*, revision: ListingRevision) -> list[str]:
    """Each document with its kind, what is said of it and who may read it, in one line. Reads prefetched rows."""
    return [
        listed(
            (
                f"{row.title} ({row.get_kind_display()})",
                describe_document(document=row),
                str(row.get_visibility_display()),
            )
        )
        for row in revision.documents.all()
    ]


def describe_document(*, document: ListingDocument) -> str:
    """Number, lot, laboratory and dates in one line."""
    return listed((
        _("No. %(number)s") % {"number": document.number} if document.number else "",
        _("lot %(lot)s") % {"lot": document.lot} if document.lot else "",
        document.issued_by,
        date_format(document.issued_on, "j M Y") if document.issued_on else "",
        _("valid until %(day)s") % {"day": date_format(document.valid_until, "j M Y")} if document.valid_until else "",
    ))  # fmt: skip


def describe_shelf_life(*, revision: ListingRevision) -> str:
    """18 months; "" where none is told."""
    number = revision.shelf_life or 0
    counted = {
        ShelfLifeUnit.DAY: ngettext("%(number)s day", "%(number)s days", number),
        ShelfLifeUnit.MONTH: ngettext("%(number)s month", "%(number)s months", number),
        ShelfLifeUnit.YEAR: ngettext("%(number)s year", "%(number)s years", number),
    }
    return counted[ShelfLifeUnit(revision.shelf_life_unit)] % {"number": quantity(number)} if number else ""


@dataclass(frozen=True)
class NumberHolder:
    """Another product of the company that carries a number already."""

    number: str
    title: str


def find_number_holder(*, revision: ListingRevision, company_id: int) -> NumberHolder | None:
    """Another product of the company, now or in its open version, with an article number or GTIN of this revision; case apart."""
    variants = list(Variant.objects.filter(revision=revision))
    gone = [RevisionState.SUPERSEDED, RevisionState.REJECTED]
    others = ListingRevision.objects.filter(listing__company=company_id).exclude(listing=revision.listing_id)
    others = others.exclude(state__in=gone).exclude(listing__state=ListingState.ARCHIVED)
    for name in ("article_number", "gtin"):
        numbers = {same for row in (revision, *variants) for same in list_same_numbers(getattr(row, name), name)}
        found = _find_bearer(others, name, numbers) if numbers else None
        if found:
            return found
    return None


def _find_bearer(others: QuerySet[ListingRevision], name: str, numbers: set[str]) -> NumberHolder | None:
    if product := others.annotate(own=Upper(name)).filter(own__in=numbers).first():
        return NumberHolder(getattr(product, name), product.title)
    variants = Variant.objects.filter(revision__in=others).select_related("revision").annotate(own=Upper(name))
    variant = variants.filter(own__in=numbers).first()
    return NumberHolder(getattr(variant, name), variant.revision.title) if variant else None
