"""What the lint says of a revision, by the rules that the agency has now."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from core.kept import Kept
from listings.adapters.lint_file import read_lint_rules
from listings.models import LintRules, Listing, ListingPicture, ListingRevision
from listings.rules.lint import Act, Facts, Hit, LintRule, lint
from listings.selectors.certified import list_covering
from listings.selectors.depth import list_small_texts
from reference.rules import EURO
from reference.selectors import get_language_name, get_rates

SHIPPED = Path(__file__).parent.parent / "data" / "lint.yaml"
FEWEST_PRICES, MOST_PRICES, MOST_TRIED = 8, 500, 200
STEPS = {
    "title": "basics",
    "summary": "basics",
    "description": "basics",
    "hs_code": "delivery",
    "price": "pictures",
    "picture": "pictures",
    "details": "details",
}
IN_LANGUAGE = "text-"
PILLS = {Act.BLOCK: "bad", Act.WARN: "warn", Act.INFORM: "info", Act.REVIEW: "info"}
_rules: Kept[tuple[LintRule, ...]] = Kept(most=1, seconds=60)


@dataclass(frozen=True)
class LintNote:
    """A hit, ready to print. `step` is the step of the editor that holds what it is about."""

    key: str
    pill: str
    act: str
    text: str
    found: str
    place: str
    step: str
    source: str
    url: str
    read_on: str


def get_lint_rules() -> tuple[LintRule, ...]:
    """The agency's rules, else those that we ship; they are read once a minute."""
    return _rules.remember("now", lambda: read_lint_rules(get_lint_text()))


def get_lint_text() -> str:
    """The rules as YAML, as the last officer left them."""
    newest = LintRules.objects.order_by("-pk").values_list("text", flat=True).first()
    return newest or SHIPPED.read_text(encoding="utf-8")


def forget_lint_rules() -> None:
    """This process reads them anew."""
    _rules.forget()


def lint_revision(*, revision: ListingRevision, rules: Sequence[LintRule] | None = None) -> list[Hit]:
    """Every rule that speaks of the revision."""
    return lint(get_lint_rules() if rules is None else rules, _gather_facts(revision))


def try_rules(*, rules: Sequence[LintRule]) -> tuple[int, Counter[str]]:
    """How many of the newest live listings these rules were tried on, and how many each speaks of."""
    more = ("texts", "variants", "documents", "attribute_values__attribute")
    rows = Listing.objects.live().with_live_revision().prefetch_related(*(f"live_revision__{name}" for name in more))
    newest = rows.order_by("-first_live_at")[:MOST_TRIED]
    revisions = [listing.live_revision for listing in newest if listing.live_revision is not None]
    counts = Counter({rule.key: 0 for rule in rules})
    for revision in revisions:
        counts.update(hit.rule.key for hit in lint_revision(revision=revision, rules=rules))
    return len(revisions), counts


def list_blocking(*, revision: ListingRevision) -> tuple[str, ...]:
    """The rules that do not let it be sent."""
    return tuple(hit.rule.key for hit in lint_revision(revision=revision) if hit.rule.act == Act.BLOCK)


def list_lint_notes(*, revision: ListingRevision, language: str) -> list[LintNote]:
    """What the exporter and the officer read, the gravest first."""
    names = {
        Act.BLOCK: _("Mend this first"), Act.WARN: _("Look at this"), Act.INFORM: _("Good to know"), Act.REVIEW: _("Good to know"),
    }  # fmt: skip
    places = {
        "title": _("Name of the product"), "summary": _("Summary"), "description": _("Description"), "hs_code": _("HS code"),
        "price": _("Price"), "picture": _("Pictures"), "details": _("Details"),
    }  # fmt: skip
    notes = [
        LintNote(
            key=hit.rule.key, pill=PILLS[hit.rule.act], act=names[hit.rule.act], text=hit.rule.speak(language), found=hit.found,
            place=places.get(hit.field) or get_language_name(code=hit.field.removeprefix(IN_LANGUAGE)), step=STEPS.get(hit.field, "texts"), source=hit.rule.source, url=hit.rule.url, read_on=hit.rule.read_on,
        )
        for hit in lint_revision(revision=revision)
    ]  # fmt: skip
    return sorted(notes, key=lambda note: ("bad", "warn", "info").index(note.pill))


def _gather_facts(revision: ListingRevision) -> Facts:
    category = revision.category
    slugs = [one.slug for one in (category, category.parent if category else None) if one]
    covering = list_covering(listing_ids=[revision.listing_id], day=timezone.localdate())
    return Facts(
        texts={"title": revision.title, "summary": revision.summary, "description": revision.description}
        | _list_translations(revision)
        | {"details": "\n".join(list_small_texts(revision=revision))},
        hs_code=revision.hs_code,
        categories=slugs,
        has_certificate=bool(covering),
        price_ratio=_compare_price(revision),
        has_foreign_picture=find_picture_twin(revision=revision) is not None,
    )


def _list_translations(revision: ListingRevision) -> dict[str, str]:
    """The texts in each other language, whole."""
    return {
        f"{IN_LANGUAGE}{text.language}": "\n".join((text.title, text.summary, text.description))
        for text in revision.texts.all()
    }


def find_picture_twin(*, revision: ListingRevision) -> ListingPicture | None:
    """A picture of another company that looks the same as one of these; pictures without any contrast look like nothing."""
    hashes = {row.upload.difference_hash for row in revision.pictures.all()} - {"", "0" * 16}
    if not hashes:
        return None
    others = ListingPicture.objects.filter(upload__difference_hash__in=hashes)
    own = Listing.objects.filter(company=revision.listing.company_id)
    return others.exclude(revision__listing__in=own).select_related("revision__listing__company").first()


def _compare_price(revision: ListingRevision) -> Decimal | None:
    """Its lowest price by the median of the category's live listings that are sold in the same measure; None where fewer than eight are."""
    own = min(revision.list_amounts(), default=None)
    if own is None or revision.category_id is None:
        return None
    rates = get_rates(day=timezone.localdate())
    same = Listing.objects.live().filter(
        live_revision__category=revision.category_id, live_revision__unit=revision.unit
    )
    rows = (
        same.exclude(pk=revision.listing_id)
        .order_by("-first_live_at")
        .annotate(lowest=Min("live_revision__price_breaks__unit_price"))
    )
    prices = [
        price
        for amount, currency in rows.exclude(lowest=None).values_list("lowest", "live_revision__currency")[:MOST_PRICES]
        if (price := rates.convert(amount, currency, EURO))
    ]
    mine = rates.convert(own, revision.currency, EURO)
    return mine / median(prices) if mine and len(prices) >= FEWEST_PRICES else None
