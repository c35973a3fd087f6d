"""A live listing as a document of the index."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils.timezone import localtime
from tantivy import Document

from core.stems import stem
from core.words import cut_words, write_code
from listings.choices import PriceVisibility
from listings.models import Listing, ListingRevision
from listings.rules.completeness import FACTS
from listings.rules.ranges import list_lead_time_ranges, list_minimum_order_ranges, measure_minimum_order
from listings.rules.ranking import Merit, measure_merit
from listings.rules.searching import list_evidence_tokens
from listings.search.lexicon import find_all_concepts, list_categories_of
from listings.search.schema import LAST, PRICE_SCALE, SIZE_SCALE
from listings.selectors.drafts import list_given_facts
from listings.selectors.words import translate_name
from reference.models import Category
from reference.rules import EURO, Rates
from reference.selectors import get_country_name, list_category_names

COUNTRY_LANGUAGES = ("en", "fr", "es", "de", "ar")
MICROSECONDS = 1_000_000  # several products go live within a second


@dataclass(frozen=True)
class Surroundings:
    """What documents hold besides their listing: the day's rates, values of apps above, certificates by listing, rows by revision.

    `registered` comes from `read_search_values`; `certificates` are scheme and evidence level of what covers a listing today;
    `replies` says how a company answers, from 0 to 1; `packages` are contents and kind; `pictured` are revisions with a picture,
    `texts` are language, title, summary and description in other languages, `numbers` article number and GTIN of variants.
    """

    day: date
    rates: Rates
    registered: Mapping[str, Mapping[int, Sequence[str]]] = field(default_factory=dict)
    certificates: Mapping[int, Sequence[tuple[str, int]]] = field(default_factory=dict)
    replies: Mapping[int, float] = field(default_factory=dict)
    prices: Mapping[int, Sequence[Decimal]] = field(default_factory=dict)
    packages: Mapping[int, Sequence[tuple[Decimal, str]]] = field(default_factory=dict)
    pictured: Collection[int] = ()
    texts: Mapping[int, Sequence[tuple[str, str, str, str]]] = field(default_factory=dict)
    numbers: Mapping[int, Sequence[tuple[str, str]]] = field(default_factory=dict)


def make_document(listing: Listing, around: Surroundings) -> Document | None:
    """The document of a live listing, None without an approved revision.

    A price that not everybody may see is not in it at all: neither in a filter, nor in a sort order.
    """
    revision = listing.live_revision
    if revision is None:
        return None
    document = Document()
    document.add_text("key", str(listing.pk))
    document.add_unsigned("pk", listing.pk)
    _add_texts(document, listing, revision, around)
    _add_labels(document, listing, revision, around)
    _add_numbers(document, listing, revision, around)
    document.add_float("merit", weigh_listing(listing, revision, around).total)
    return document


def weigh_listing(listing: Listing, revision: ListingRevision, around: Surroundings) -> Merit:
    """The parts of its merit on that day."""
    since = revision.decided_at or listing.first_live_at
    levels = [level for _code, level in around.certificates.get(listing.pk, ())]
    return measure_merit(
        facts_given=len(_list_given(revision, around)),
        facts_asked=len(FACTS),
        evidence_level=max([listing.company.evidence_level, *levels]),
        replies=around.replies.get(listing.company_id),
        age_days=(around.day - localtime(since).date()).days if since else 0,
    )


def _list_given(revision: ListingRevision, around: Surroundings) -> frozenset[str]:
    return list_given_facts(
        revision=revision,
        has_picture=revision.pk in around.pictured,
        has_price=revision.pk in around.prices,
        has_packing=revision.pk in around.packages,
    )


def _add_texts(document: Document, listing: Listing, revision: ListingRevision, around: Surroundings) -> None:
    names = [*cut_words(" . ".join(_names(listing, revision, around))), *_list_place_words(listing, revision)]
    _add_words(document, "names", names, revision.language)
    own = (revision.language, revision.title, revision.summary, revision.description)
    for language, *words in (own, *around.texts.get(revision.pk, ())):
        title, summary, description = map(cut_words, words)
        _add_words(document, "title", title, language)
        _add_words(document, "body", [*summary, *description], language)
        _add_concepts(document, revision, language, title, summary)
    if revision.category is not None:
        document.add_text("branch", _name_branch(revision.category.parent))


def _add_words(document: Document, name: str, words: list[str], language: str) -> None:
    document.add_text(name, " ".join(words))
    document.add_text(f"{name}_stem", " ".join(_list_stems(words, language)))


def _name_branch(parent: Category | None) -> str:
    """The stems of the branch's names."""
    return " ".join(_list_stems(_list_category_words(parent.name, parent.slug), "en")) if parent else ""


@lru_cache(maxsize=1000)
def _list_category_words(name: str, slug: str) -> list[str]:
    """The words of a category's names in every language, each name apart from the next."""
    return cut_words(" . ".join((*translate_name(name=name), *list_category_names().get(slug, ()))))


@lru_cache(maxsize=1000)
def _list_country_words(code: str) -> list[str]:
    return cut_words(" . ".join(get_country_name(code=code, language=language) for language in COUNTRY_LANGUAGES))


def _list_place_words(listing: Listing, revision: ListingRevision) -> Iterable[str]:
    for code in sorted({code for code in (revision.origin_country, listing.company.country) if code}):
        yield from _list_country_words(code)
    if revision.category is not None:
        yield from _list_category_words(revision.category.name, revision.category.slug)


def _list_stems(words: Iterable[str], language: str) -> list[str]:
    """Each word's stem in the text's own language, and in English where that differs."""
    own = [stem(word, language) for word in words]
    if language == "en":
        return own
    return [one for word, mine in zip(words, own, strict=True) for one in dict.fromkeys((mine, stem(word, "en")))]


def _add_concepts(
    document: Document, revision: ListingRevision, language: str, title: list[str], summary: list[str]
) -> None:
    languages = dict.fromkeys((language[:2], "en", "fr"))
    named = find_all_concepts(title, languages)
    slugs = {node.slug for node in (revision.category, revision.category and revision.category.parent) if node}
    for key in sorted(named):
        is_kind = bool(slugs.intersection(list_categories_of([key])))
        document.add_text("kind" if is_kind else "concept", key)
    for key in sorted(find_all_concepts(summary, languages) - named):
        document.add_text("mention", key)


def _names(listing: Listing, revision: ListingRevision, around: Surroundings) -> Iterable[str]:
    yield listing.company.legal_name
    yield from (word for word in (revision.origin_region, listing.company.city) if word)
    if revision.hs_code:
        yield "HS"
    for contents, kind in around.packages.get(revision.pk, ()):
        yield f"{contents.normalize():f} {revision.unit} {kind}"


def _add_labels(document: Document, listing: Listing, revision: ListingRevision, around: Surroundings) -> None:
    category, company = revision.category, listing.company
    labels: dict[str, Iterable[str]] = {
        "code": _list_codes(revision, around),
        "category": [node.slug for node in (category, category.parent if category else None) if node],
        "country": [revision.origin_country or company.country],
        "evidence": list_evidence_tokens(around.certificates.get(listing.pk, ())),
        "company_kind": [company.kind],
        "moq": list_minimum_order_ranges(revision.minimum_order, revision.unit),
        "lead": list_lead_time_ranges(revision.lead_time_days),
        "incoterm": [revision.incoterm] if revision.incoterm else [],
        "sample": ["yes"] if revision.sample_offered else [],
        "language": company.languages,
        "women": ["yes"] if company.women_led else [],
        "priced": ["yes"] if list_public_amounts(listing, revision, around) else [],
        **{name: values.get(company.pk, ()) for name, values in around.registered.items()},
    }
    for name, values in labels.items():
        for value in values:
            document.add_text(name, value)


def _list_codes(revision: ListingRevision, around: Surroundings) -> list[str]:
    """HS code at two, four and six digits, GTINs at their full length, the exporter's own article numbers."""
    codes = [revision.hs_code[:digits] for digits in (2, 4, 6)] if revision.hs_code else []
    for article_number, gtin in ((revision.article_number, revision.gtin), *around.numbers.get(revision.pk, ())):
        codes += [gtin.zfill(14)] if gtin else []
        codes += [write_code(article_number)] if article_number else []
    return codes


def _add_numbers(document: Document, listing: Listing, revision: ListingRevision, around: Surroundings) -> None:
    order = revision.minimum_order
    measured = measure_minimum_order(order, revision.unit) if order is not None else None
    until, since = listing.company.verified_until, listing.first_live_at
    numbers = {
        "verified_until": until.toordinal() if until else 0,
        "price": find_euro_price(listing, revision, around),
        "moq_size": min(LAST - 1, int(measured[1] * SIZE_SCALE)) if measured else LAST,
        "lead_days": revision.lead_time_days if revision.lead_time_days is not None else LAST,
        "newest": int(since.timestamp() * MICROSECONDS) if since else 0,
    }
    for name, value in numbers.items():
        document.add_unsigned(name, value)


def find_euro_price(listing: Listing, revision: ListingRevision, around: Surroundings) -> int:
    """The lowest public price in euro at the index's rates, as the index keeps it; LAST without one."""
    amounts = list_public_amounts(listing, revision, around)
    euros = around.rates.convert(min(amounts), revision.currency, EURO) if amounts else None
    return scale_price(euros) if euros is not None else LAST


def list_public_amounts(listing: Listing, revision: ListingRevision, around: Surroundings) -> Sequence[Decimal]:
    """The unit prices that everybody may see; none while nobody confirms them."""
    if listing.price_visibility_of(revision) != PriceVisibility.PUBLIC or not revision.currency:
        return []
    return around.prices.get(revision.pk, ())


def scale_price(amount: Decimal) -> int:
    """A price as a whole number of ten-thousandths, the way the index keeps it."""
    return min(LAST - 1, int(amount * PRICE_SCALE))
