"""What has changed since the approved revision, and what of it an officer sees first."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from listings.choices import ListingState, RevisionState
from listings.models import ListingRevision
from listings.rules.changes import Change, Version, judge_changes, waits
from listings.rules.claims import find_claims
from listings.rules.lint import Act, Hit
from listings.selectors.depth import list_documents, list_values, list_variants, list_words
from listings.selectors.lint import lint_revision
from uploads.choices import UploadState

FACTS = (
    "price_visibility", "minimum_order", "incoterm", "incoterm_place", "hs_ask_agency", "article_number", "gtin", "origin_region",
    "lead_time_days", "sample_offered", "sample_price", "sample_days", "sample_size",
    "private_label_offered", "private_label_minimum", "customisation_offered", "customisation_note", "shelf_life", "shelf_life_unit",
    "harvest_months", "stock", "yearly_capacity",
)  # fmt: skip
PACKING = ("kind", "contents", "net_weight_g", "gross_weight_g", "length_mm", "width_mm", "height_mm", "diameter_mm")


@dataclass(frozen=True)
class Verdict:
    """What happens when a revision is sent. `changes` is empty for a product that was never approved."""

    changes: tuple[Change, ...]
    waits: bool


@dataclass(frozen=True)
class ChangeRow:
    """A change, ready to print. `reason` is "" where it is published at once."""

    label: str
    reason: str


def judge_revision(*, revision: ListingRevision) -> Verdict:
    """By the rule in rules/changes.py. A first revision waits, and so does one of a company or listing that is not on the market.

    It is compared with the last version that an officer has looked at: many small steps do not make a large one.
    """
    listing = revision.listing
    live = listing.live_revision
    if live is None or not listing.company.is_public or listing.state not in {ListingState.LIVE, ListingState.PAUSED}:
        return Verdict((), waits=True)
    hits = lint_revision(revision=revision)
    seen = live if live.seen_by_officer else _find_last_seen(live)
    after, before = _read(revision, hits), _read(seen, lint_revision(revision=seen))
    changes = judge_changes(before, after, is_watched=any(hit.rule.act == Act.REVIEW for hit in hits))
    unready = any(row.upload.state != UploadState.READY for row in revision.pictures.select_related("upload"))
    return Verdict(changes, waits=waits(changes) or unready or not changes)


def _find_last_seen(live: ListingRevision) -> ListingRevision:
    superseded = live.listing.revisions.filter(state=RevisionState.SUPERSEDED, seen_by_officer=True)
    return superseded.order_by("-number").first() or live


def list_change_rows(*, verdict: Verdict) -> list[ChangeRow]:
    """The changes in words, those that wait first."""
    names = {
        "title": _("Name of the product"), "summary": _("Summary"), "description": _("Description"), "language": _("Language of the text"),
        "category": _("Category"), "unit": _("Sold by the"), "currency": _("Currency"), "hs_code": _("HS code"), "origin": _("Country of origin"), "danger": _("Dangerous goods"),
        "prices": _("Prices"), "main_picture": _("First picture"), "pictures_added": _("Pictures added"), "pictures_removed": _("Pictures taken out"),
        "variants": _("Variants"), "variant_prices": _("Prices of variants"), "translations": _("Texts in other languages"),
        "papers": _("Documents"), "readers": _("Who may read documents"), "papers_removed": _("Documents taken out"), "claims": _("Claims in the text"), "rules": _("Rules of the agency"), "facts": _("Terms, packing, times or numbers"),
    }  # fmt: skip
    reasons = {
        "new_text": _("nobody has read this text yet"), "rewritten": _("it is more than a correction"), "figures": _("a figure in it changes"), "language": _("the text is in another language"),
        "category": _("buyers and requirements differ by category"), "unit": _("prices mean something else"), "currency": _("prices mean something else"),
        "hs_code": _("duties and requirements depend on it"), "origin": _("duties and requirements depend on it"),
        "danger": _("carriers take it otherwise, or not at all"),
        "price_band": _("a price moves by more than 20 per cent"), "first_price": _("it had no price before"),
        "main_picture": _("buyers know the product by it"), "claims": _("a certificate or proof is claimed"),
        "new_variant": _("it is a new offer"), "papers": _("an officer sees each document before buyers do"),
        "rules": _("a rule speaks that did not before"), "watched": _("officers look at every change of such goods"),
    }  # fmt: skip
    rows = [ChangeRow(names[change.kind], reasons[change.waits] if change.waits else "") for change in verdict.changes]
    return sorted(rows, key=lambda row: not row.reason)


def _read(revision: ListingRevision, hits: list[Hit]) -> Version:
    packing = tuple(tuple(getattr(row, name) for name in PACKING) for row in revision.package_types.all())
    variants = list_variants(revision=revision)
    pictures = sorted(revision.pictures.all(), key=lambda row: (row.position, row.pk))
    return Version(
        title=revision.title, summary=revision.summary, description=revision.description, language=revision.language,
        category=str(revision.category_id or ""), unit=revision.unit, currency=revision.currency, hs_code=revision.hs_code,
        origin=revision.origin_country, danger=f"{revision.is_dangerous} {revision.un_number}", prices={row.minimum_quantity: row.unit_price for row in revision.price_breaks.all()},
        pictures=tuple(str(row.upload_id) for row in pictures),
        claims=frozenset(find_claims(revision.title, revision.summary, revision.description, *list_words(revision=revision))),
        rules=frozenset(hit.rule.key for hit in hits if hit.rule.act in {Act.BLOCK, Act.WARN}),
        facts=(*(getattr(revision, name) for name in FACTS), packing, tuple(row.alt for row in pictures), sorted(list_values(revision=revision).items()),
               [one.name for one in variants], sorted((text.language, text.origin) for text in revision.texts.all())),
        variants={one.name: (one.article_number, one.gtin) for one in variants},
        variant_prices={(one.name, price.quantity): price.price for one in variants for price in one.prices},
        translations={text.language: (text.title, text.summary, text.description) for text in revision.texts.all()},
        readers={key: facts.visibility for key, facts in list_documents(revision=revision).items()},
        papers=frozenset((key, replace(facts, visibility="")) for key, facts in list_documents(revision=revision).items()),
    )  # fmt: skip
