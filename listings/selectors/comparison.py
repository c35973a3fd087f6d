"""Live against proposed, field by field, with the checks that run by themselves: what an officer reads of a listing's case."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.errors import NotFound
from core.money import Money
from listings.choices import ListingState, PriceVisibility, RevisionState
from listings.models import Listing, ListingRevision
from listings.rules.claims import find_claims
from listings.rules.prices import percent_change
from listings.selectors.depth import (
    describe_documents,
    describe_variants,
    list_attribute_facts,
    list_detail_facts,
    list_words,
)
from listings.selectors.drafts import list_revisions_with_content
from listings.selectors.editor import (
    describe_hs_code,
    describe_origin,
    describe_packages,
    describe_sample,
    describe_terms,
)
from listings.selectors.lint import find_picture_twin, list_lint_notes
from listings.selectors.packing import describe_danger
from listings.selectors.words import format_days, format_quantity, format_unit
from moderation.models import Case
from moderation.rules import Check, Comparison, DiffRow, Link
from reference.selectors import get_language_name
from storefronts.models import Member
from uploads.choices import UploadState
from uploads.selectors import build_picture

STEEP_PERCENT = 20
PICTURE_SIZES = "10rem"
KEPT_KINDS = {"picture", "price", "link"}
"""Kinds of rows that stay what they are when one side is empty."""

Text = tuple[str, Callable[[ListingRevision], Any]]


def build_comparison(*, case: Case) -> Comparison:
    """The revision of a case beside the one that buyers see (or saw, once it is decided). Raises NotFound when it is gone."""
    listing = Listing.objects.select_related("company").filter(pk=case.subject_id).first()
    pair = _find_pair(listing) if listing else ()
    if listing is None or not pair:
        raise NotFound
    found = {revision.pk: revision for revision in list_revisions_with_content(listing=listing).filter(pk__in=pair)}
    proposed, live = found[pair[0]], found.get(pair[-1]) if len(pair) > 1 else None
    rows = [
        *_compare_texts(live, proposed),
        *_compare_prices(live, proposed),
        *_compare_depth(live, proposed),
        *_compare_lists(live, proposed),
    ]
    is_public = listing.state == ListingState.LIVE and listing.company.is_public
    return Comparison(
        rows=tuple(row for row in rows if row.kind != "same"),
        unchanged=tuple(row for row in rows if row.kind == "same" and row.after),
        checks=tuple(_run_checks(live, proposed)),
        public_url=listing.get_absolute_url() if is_public else "",
    )


def is_own_listing(*, case: Case, officer: Any) -> bool:
    """The officer belongs to the company whose listing it is."""
    return Member.objects.filter(company__listings__id=int(case.subject_id), user=officer).exists()


def get_record_url(*, case: Case) -> str:
    """The listing's record page."""
    return reverse("admin:listings_listing_change", args=[case.subject_id])


def _find_pair(listing: Listing) -> tuple[int, ...]:
    """Ids of the newest submitted revision and of what buyers saw when it was sent: the live one, or the superseded one
    once the proposal is live itself. Empty when nothing was ever submitted."""
    submitted = list(
        listing.revisions.filter(submitted_at__isnull=False).order_by("-number").values_list("pk", "state")
    )
    if not submitted:
        return ()
    proposed = submitted[0][0]
    if listing.live_revision_id != proposed:
        return (proposed, listing.live_revision_id) if listing.live_revision_id else (proposed,)
    before = next((pk for pk, state in submitted if state == RevisionState.SUPERSEDED), None)
    return (proposed, before) if before else (proposed,)


def _row(label: str, before: Any, after: Any, *, kind: Any = "text", note: str = "", tone: str = "warn") -> DiffRow:
    if before == after:
        return DiffRow(label, before, after, "same")
    if not before:
        return DiffRow(label, before, after, kind if kind in KEPT_KINDS else "added", note, tone)
    if not after:
        return DiffRow(label, before, after, kind if kind in KEPT_KINDS else "removed", note, tone)
    return DiffRow(label, before, after, kind, note, tone)


def _list_texts() -> list[Text]:
    language = get_language() or "en"
    return [
        (_("Name of the product"), lambda revision: revision.title),
        (_("Summary"), lambda revision: revision.summary),
        (_("Description"), lambda revision: revision.description),
        (_("Language of the text"), lambda revision: get_language_name(code=revision.language)),
        (_("Category"), lambda revision: revision.category.label if revision.category else ""),
        (_("Sold by the"), lambda revision: format_unit(unit=revision.unit)),
        (_("Who sees the price"), lambda revision: str(PriceVisibility(revision.price_visibility).label)),
        (
            _("Minimum order"),
            lambda revision: (
                format_quantity(number=revision.minimum_order, unit=revision.unit) if revision.minimum_order else ""
            ),
        ),
        (_("Price includes"), lambda revision: describe_terms(revision=revision)),
        (_("HS code"), lambda revision: describe_hs_code(revision=revision)),
        (_("Article number"), lambda revision: revision.article_number),
        (_("GTIN"), lambda revision: revision.gtin),
        (_("Origin"), lambda revision: describe_origin(revision=revision, language=language)),
        (
            _("Ready to ship in"),
            lambda revision: "" if revision.lead_time_days is None else format_days(days=revision.lead_time_days),
        ),
        (_("Sample"), lambda revision: describe_sample(revision=revision, language=language)),
        (_("Dangerous goods"), lambda revision: describe_danger(revision=revision)),
    ]


def _compare_depth(live: ListingRevision | None, proposed: ListingRevision) -> list[DiffRow]:
    """Attributes, availability, variants, documents and texts in other languages: each with what stood before."""
    language = get_language() or "en"
    old, new = _list_depth(live, language) if live else {}, _list_depth(proposed, language)
    rows = [_row(label, old.get(label, ""), new.get(label, "")) for label in dict.fromkeys((*new, *old))]
    return [*rows, _row(_("Documents"), _link_documents(live), _link_documents(proposed), kind="link")]


def _link_documents(revision: ListingRevision | None) -> tuple[Link, ...]:
    """Every paper with its address: whoever approves it has been able to open it."""
    if revision is None:
        return ()
    said = describe_documents(revision=revision)
    rows = revision.documents.all()
    return tuple(
        Link(text, reverse("media:original", args=[row.upload_id])) for text, row in zip(said, rows, strict=True)
    )


def _list_depth(revision: ListingRevision, language: str) -> dict[str, Any]:
    texts = {
        f"{get_language_name(code=text.language)}: {label}": value
        for text in revision.texts.all()
        for label, value in ((_("Name of the product"), text.title), (_("Summary"), text.summary), (_("Description"), text.description))
    }  # fmt: skip
    return {
        **{fact.label: fact.value for fact in list_attribute_facts(revision=revision)},
        **dict(list_detail_facts(revision=revision)),
        _("Variants"): tuple(describe_variants(revision=revision, language=language)),
        **texts,
    }


def _compare_texts(live: ListingRevision | None, proposed: ListingRevision) -> list[DiffRow]:
    return [_row(label, read(live) if live else "", read(proposed)) for label, read in _list_texts()]


def _compare_prices(live: ListingRevision | None, proposed: ListingRevision) -> list[DiffRow]:
    old, new = _list_prices(live), _list_prices(proposed)
    rows = []
    for quantity in sorted(old.keys() | new.keys()):
        before, after = old.get(quantity), new.get(quantity)
        note = ""
        if before and after and before != after and before.currency == after.currency:
            note = f"{percent_change(before.amount, after.amount):+d}%"
        label = _("Price from %(quantity)s") % {"quantity": format_quantity(number=quantity, unit=proposed.unit)}
        rows.append(_row(label, before, after, kind="price", note=note))
    return rows


def _list_prices(revision: ListingRevision | None) -> dict[Decimal, Money]:
    if revision is None:
        return {}
    return {row.minimum_quantity: Money(row.unit_price, revision.currency) for row in revision.price_breaks.all()}


def _list_all_prices(revision: ListingRevision) -> dict[tuple[str, Decimal], Money]:
    """Of the product ("") and of each variant by its name."""
    found = {("", quantity): price for quantity, price in _list_prices(revision).items()}
    rows = [(variant.name, price) for variant in revision.variants.all() for price in variant.prices.all()]
    return found | {(name, price.minimum_quantity): Money(price.unit_price, revision.currency) for name, price in rows}


def _compare_lists(live: ListingRevision | None, proposed: ListingRevision) -> list[DiffRow]:
    before = tuple(describe_packages(revision=live)) if live else ()
    pictures = _row(_("Pictures"), _list_pictures(live) if live else (), _list_pictures(proposed), kind="picture")
    return [_row(_("Packing"), before, tuple(describe_packages(revision=proposed))), pictures]


def _list_pictures(revision: ListingRevision) -> tuple[Any, ...]:
    found = (build_picture(upload=row.upload, alt=row.alt, sizes=PICTURE_SIZES) for row in revision.pictures.all())
    return tuple(picture for picture in found if picture)


def _run_checks(live: ListingRevision | None, proposed: ListingRevision) -> list[Check]:
    return [
        _check_duplicates(proposed),
        _check_pictures(proposed),
        *_check_prices(live, proposed),
        _check_words(proposed),
        *_list_lint_checks(proposed),
    ]


def _list_lint_checks(proposed: ListingRevision) -> list[Check]:
    """What the agency's rules for texts say; a picture that is used elsewhere has its own line already."""
    notes = list_lint_notes(revision=proposed, language=get_language() or "en")
    return [
        Check(f"{note.place}: {note.found}" if note.found else note.place, note.pill, f"{note.text} ({note.source})")
        for note in notes
        if note.place != _("Pictures")
    ]


def _check_duplicates(proposed: ListingRevision) -> Check:
    label = _("Picture used elsewhere")
    twin = find_picture_twin(revision=proposed)
    if twin is None:
        return Check(label, "ok", _("No other company shows one of these pictures."))
    words = {"company": twin.revision.listing.company.legal_name, "title": twin.revision.title}
    return Check(label, "warn", _("%(company)s shows the same picture in “%(title)s”.") % words)


def _check_pictures(proposed: ListingRevision) -> Check:
    label = _("Pictures can be shown")
    waiting = [row for row in proposed.pictures.all() if row.upload.state != UploadState.READY]
    if waiting:
        return Check(label, "warn", _("%(number)s of the pictures cannot be shown (yet).") % {"number": len(waiting)})
    return Check(label, "ok", _("All pictures are ready."))


def _check_prices(live: ListingRevision | None, proposed: ListingRevision) -> list[Check]:
    if live is None:
        return []
    old, new = _list_all_prices(live), _list_all_prices(proposed)
    changes = [
        percent_change(old[quantity].amount, new[quantity].amount)
        for quantity in old.keys() & new.keys()
        if old[quantity].currency == new[quantity].currency
    ]
    steepest = max(changes, key=abs, default=0)
    if abs(steepest) > STEEP_PERCENT:
        return [Check(_("Price"), "warn", _("A price changes by %(percent)s%%.") % {"percent": f"{steepest:+d}"})]
    return [Check(_("Price"), "ok", _("No price changes by more than %(percent)s%%.") % {"percent": STEEP_PERCENT})]


def _check_words(proposed: ListingRevision) -> Check:
    words = list_words(revision=proposed)
    found = find_claims(proposed.title, proposed.summary, proposed.description, *words)
    if found:
        return Check(
            _("Claims in the text"), "warn", _("These need a certificate: %(words)s.") % {"words": ", ".join(found)}
        )
    return Check(_("Claims in the text"), "ok", _("No claim that needs a certificate."))
