"""The schema of the index, and a live listing as a document of it."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.conf import settings
from tantivy import Document, Filter, Index, Schema, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from listings.choices import PriceVisibility
from listings.models import Listing, ListingRevision
from listings.registry import list_search_fields
from listings.rules.ranges import list_lead_time_ranges, list_minimum_order_ranges, measure_minimum_order
from listings.rules.searching import list_evidence_tokens
from listings.selectors.words import translate_category
from reference.selectors import get_country_name

SCHEMA_VERSION = 5
LAST = 2**62  # sorts behind every real value
PRICE_SCALE = 10_000
SIZE_SCALE = 1_000
MICROSECONDS = 1_000_000  # several products go live within a second
Registered = Mapping[str, Mapping[int, Sequence[str]]]
TEXTS = ("title", "names", "body", "branch")
LABELS = ("code", "category", "country", "moq", "lead", "sample", "currency", "evidence")
NUMBERS = ("pk", "verified_until", "price_low", "price_high", "moq_size", "lead_days", "newest")


def make_schema() -> Schema:
    """Texts twice (whole words of any language, and English stems), labels to filter and count by, numbers to sort by."""
    builder = SchemaBuilder().add_text_field("key", tokenizer_name="raw", index_option="basic")
    for name in TEXTS:
        builder = builder.add_text_field(name, stored=name == "title", tokenizer_name="plain")
        builder = builder.add_text_field(f"{name}_en", tokenizer_name="english")
    for name in LABELS:
        builder = builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for field in list_search_fields():
        builder = builder.add_text_field(field.name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBERS:
        builder = builder.add_unsigned_field(name, fast=True, indexed=True)
    return builder.build()


def _start_analyzer() -> TextAnalyzerBuilder:
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(40))
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold())


PLAIN: TextAnalyzer = _start_analyzer().build()
ENGLISH: TextAnalyzer = _start_analyzer().filter(Filter.stemmer("english")).build()


def register_analyzers(index: Index) -> None:
    """Tell an opened index how its texts are cut into words."""
    index.register_tokenizer("plain", PLAIN)
    index.register_tokenizer("english", ENGLISH)


def name_schema() -> str:
    """What an index must call itself to be read by this code: our version, and what apps above have registered."""
    return "-".join((f"v{SCHEMA_VERSION}", *sorted(field.name for field in list_search_fields())))


def make_document(
    listing: Listing, registered: Registered, certificates: Iterable[tuple[str, int]] = ()
) -> Document | None:
    """The document of a live listing, None without an approved revision; `registered` from `read_search_values`.

    `certificates` are scheme and evidence level of what covers it today.
    A price that not everybody may see is not in it at all: neither in a filter, nor in a sort order.
    """
    revision = listing.live_revision
    if revision is None:
        return None
    document = Document()
    document.add_text("key", str(listing.pk))
    document.add_unsigned("pk", listing.pk)
    _add_texts(document, listing, revision)
    _add_labels(document, listing, revision)
    _add_numbers(document, listing, revision)
    for token in list_evidence_tokens(certificates):
        document.add_text("evidence", token)
    for name, values in registered.items():
        for value in values.get(listing.company_id, ()):
            document.add_text(name, value)
    return document


def _add_texts(document: Document, listing: Listing, revision: ListingRevision) -> None:
    category = revision.category
    texts = {
        "title": revision.title,
        "names": " . ".join(_names(listing, revision)),
        "body": f"{revision.summary} . {revision.description}",
        "branch": " . ".join(translate_category(category=category.parent)) if category and category.parent else "",
    }
    for name, text in texts.items():
        document.add_text(name, text)
        document.add_text(f"{name}_en", text)


def _names(listing: Listing, revision: ListingRevision) -> Iterable[str]:
    yield listing.company.legal_name
    yield from (
        word for word in (revision.origin_region, listing.company.city, "HS" if revision.hs_code else "") if word
    )
    codes = {code for code in (revision.origin_country, listing.company.country) if code}
    for language, _name in settings.LANGUAGES:
        yield from (get_country_name(code=code, language=language) for code in sorted(codes))
    if revision.category is not None:
        yield from translate_category(category=revision.category)


def _add_labels(document: Document, listing: Listing, revision: ListingRevision) -> None:
    category = revision.category
    labels: dict[str, list[str]] = {
        "code": [revision.hs_code[:digits] for digits in (2, 4, 6)] if revision.hs_code else [],
        "category": [node.slug for node in (category, category.parent if category else None) if node],
        "country": [listing.company.country],
        "moq": list_minimum_order_ranges(revision.minimum_order, revision.unit),
        "lead": list_lead_time_ranges(revision.lead_time_days),
        "sample": ["yes"] if revision.sample_offered else [],
        "currency": [revision.currency] if _public_amounts(revision) else [],
    }
    for name, values in labels.items():
        for value in values:
            document.add_text(name, value)


def _add_numbers(document: Document, listing: Listing, revision: ListingRevision) -> None:
    amounts = _public_amounts(revision)
    measured = (
        measure_minimum_order(revision.minimum_order, revision.unit) if revision.minimum_order is not None else None
    )
    until, since = listing.company.verified_until, listing.first_live_at
    numbers = {
        "verified_until": until.toordinal() if until else 0,
        "price_low": scale_price(min(amounts)) if amounts else LAST,
        "price_high": scale_price(max(amounts)) if amounts else LAST,
        "moq_size": min(LAST, int(measured[1] * SIZE_SCALE)) if measured else LAST,
        "lead_days": revision.lead_time_days if revision.lead_time_days is not None else LAST,
        "newest": int(since.timestamp() * MICROSECONDS) if since else 0,
    }
    for name, value in numbers.items():
        document.add_unsigned(name, value)


def _public_amounts(revision: ListingRevision) -> list[Decimal]:
    if revision.price_visibility != PriceVisibility.PUBLIC or not revision.currency:
        return []
    return [price.unit_price for price in revision.price_breaks.all()]


def scale_price(amount: Decimal) -> int:
    """A price as a whole number of ten-thousandths, the way the index keeps it."""
    return min(LAST - 1, int(amount * PRICE_SCALE))
