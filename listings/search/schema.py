"""The fields of the index: texts to find by, labels to filter and count by, numbers to sort by."""

from tantivy import Index, Schema, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from listings.registry import list_search_fields

SCHEMA_VERSION = 6
LAST = 2**62  # sorts behind every real value
PRICE_SCALE = 10_000
SIZE_SCALE = 1_000
TEXTS = ("title", "names", "body")
"""Folded words in order, so that phrases can be found."""
STEMS = ("title_stem", "names_stem", "body_stem", "branch")
"""Stems in the listing's own language and in English."""
CONCEPTS = ("kind", "concept", "mention")
"""Lay words as concepts: what the listing is, what else its name holds, what its summary speaks of."""
LABELS = (
    "code", "category", "country", "evidence", "company_kind", "moq", "lead", "incoterm", "sample", "language", "women", "priced",
)  # fmt: skip
NUMBERS = ("pk", "verified_until", "price", "moq_size", "lead_days", "newest")
WORDS = "words"


def make_schema() -> Schema:
    """Words come cut and folded by `core.words`, so the engine only splits at blanks."""
    builder = SchemaBuilder().add_text_field("key", tokenizer_name="raw", index_option="basic")
    for name in TEXTS:
        builder = builder.add_text_field(name, tokenizer_name=WORDS)
    for name in STEMS:
        builder = builder.add_text_field(name, tokenizer_name=WORDS, index_option="freq")
    for name in CONCEPTS:
        builder = builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (*LABELS, *(field.name for field in list_search_fields())):
        builder = builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBERS:
        builder = builder.add_unsigned_field(name, fast=True, indexed=True)
    return builder.add_float_field("merit", fast=True).build()


SPLITTER: TextAnalyzer = TextAnalyzerBuilder(Tokenizer.whitespace()).build()


def register_analyzers(index: Index) -> None:
    """Tell an opened index how its texts are cut into words."""
    index.register_tokenizer(WORDS, SPLITTER)


def name_schema() -> str:
    """What an index must call itself to be read by this code: our version, and what apps above have registered."""
    return "-".join((f"v{SCHEMA_VERSION}", *sorted(field.name for field in list_search_fields())))
