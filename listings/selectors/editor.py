"""What the pages of the editor show besides their form: steps, pictures with their states, facts, the review, the list of products."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.money import Money, format_money
from core.templatetags.ui import listed, size_mm, weight
from listings.choices import ListingState, PriceVisibility, RevisionState
from listings.models import Listing, ListingPicture, ListingRevision, PackageType
from listings.rules.completeness import STEPS, find_next
from listings.rules.states import list_acts
from listings.selectors.depth import describe_documents, describe_variants, list_attribute_facts, list_detail_facts
from listings.selectors.drafts import Draft, list_given, list_revision_facts
from listings.selectors.packing import advise_on_danger, describe_danger
from listings.selectors.words import format_days, format_quantity, format_unit, list_article_numbers
from reference.choices import Incoterm
from reference.selectors import HS_EDITION, get_country_name, get_hs_heading, get_language_name
from storefronts.models import Member
from uploads.choices import UploadState
from uploads.models import Upload
from uploads.selectors import build_picture, get_failure_text

UNFINISHED = (UploadState.SENT, UploadState.PROCESSING)
THUMB_SIZES = "10rem"


@dataclass(frozen=True)
class Shot:
    """A picture in the editor, as components/shot.html shows it; `id` is the upload's."""

    id: str
    name: str
    state: str
    reason: str
    thumb: str
    alt: str
    position: int
    first: bool
    last: bool


@dataclass(frozen=True)
class Row:
    """A line of the review: "" where nothing is given, `url` leads to where it can be."""

    label: str
    value: str
    url: str
    key: str = ""
    code: bool = False
    needed: bool = False


@dataclass(frozen=True)
class ProductRow:
    """A line of the exporter's list of products."""

    listing: Listing
    revision: ListingRevision
    shows_revision: bool
    thumb: str
    updated_at: datetime
    acts: list[str]


def name_steps() -> dict[str, str]:
    """Key of each step to its name."""
    return {
        "basics": _("Basics"), "pictures": _("Pictures and price"), "delivery": _("Delivery"),
        "packing": _("Packing"), "review": _("Review"),
    }  # fmt: skip


def list_steps(
    *, company_slug: str, listing_id: int | None, current: str, given: frozenset[str]
) -> list[dict[str, str]]:
    """The stepper: every step of a listing that exists is a link; done where something is given."""
    has = {
        "basics": {"title", "category", "unit"} <= given, "pictures": "picture" in given, "delivery": "origin" in given,
        "packing": "packing" in given, "review": False,
    }  # fmt: skip
    return [
        {
            "label": label,
            "state": "current" if key == current else "done" if has[key] else "todo",
            "url": reverse("products:edit", args=[company_slug, listing_id, key]) if listing_id else "",
        }
        for key, label in name_steps().items()
    ]


def name_pages() -> dict[str, str]:
    """Key of each page of the editor, the steps and those beside them, to its name."""
    return name_steps() | {
        "details": _("Details"), "variants": _("Variants"), "documents": _("Documents"), "texts": _("Languages"),
    }  # fmt: skip


def get_next_step(*, step: str) -> str:
    """The step after this one; the last one follows itself, and pages beside the steps lead to the review."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)] if step in STEPS else STEPS[-1]


def list_more_pages(*, draft: Draft, current: str) -> list[dict[str, object]]:
    """The pages beside the steps, each with what is on it already; reads prefetched rows."""
    revision = draft.revision
    notes = {
        "details": len(list_attribute_facts(revision=revision)) or "", "variants": len(revision.variants.all()) or "",
        "documents": len(revision.documents.all()) or "", "texts": 1 + len(revision.texts.all()),
    }  # fmt: skip
    return [
        {"label": label, "note": notes[key], "is_current": key == current, "url": _edit_url(draft.listing, key)}
        for key, label in name_pages().items()
        if key not in STEPS
    ]


def find_next_fact(*, draft: Draft) -> dict[str, str] | None:
    """What to give next, why, and where; None when every fact is given."""
    fact = find_next(list_revision_facts(revision=draft.revision))
    return {"label": _(fact.label), "why": _(fact.why), "url": _edit_url(draft.listing, fact.step)} if fact else None


def list_shots(*, revision: ListingRevision) -> list[Shot]:
    """The pictures in order with their states; reads prefetched rows."""
    pictures: list[ListingPicture] = list(revision.pictures.all())
    return [
        Shot(
            id=str(picture.upload_id),
            name=picture.upload.name,
            state=picture.upload.state,
            reason=get_failure_text(upload=picture.upload),
            thumb=_find_thumb(picture.upload),
            alt=picture.alt,
            position=place,
            first=place == 1,
            last=place == len(pictures),
        )
        for place, picture in enumerate(pictures, start=1)
    ]


def list_checklist(*, draft: Draft) -> list[dict[str, object]]:
    """Facts given and not, each open one a link to its step."""
    return [
        {"label": _(fact.label), "done": fact.given, "url": _edit_url(draft.listing, fact.step)}
        for fact in list_revision_facts(revision=draft.revision)
    ]


def list_review_rows(*, draft: Draft, language: str) -> list[Row]:
    """Everything as buyers will read it, missing facts included; reads prefetched rows."""
    revision = draft.revision
    minimum = format_quantity(number=revision.minimum_order, unit=revision.unit) if revision.minimum_order else ""
    ready_in = format_days(days=revision.lead_time_days) if revision.lead_time_days is not None else ""
    values: list[tuple[str, str, str, str]] = [
        ("title", _("Name of the product"), revision.title, "basics"),
        ("", _("Summary"), revision.summary, "basics"),
        ("category", _("Category"), _name_category(revision), "basics"),
        ("unit", _("Sold by the"), format_unit(unit=revision.unit), "basics"),
        ("", _("Language of the text"), get_language_name(code=revision.language), "basics"),
        ("price", _("Price"), describe_prices(revision=revision, language=language), "pictures"),
        ("", _("Who sees the price"), str(PriceVisibility(revision.price_visibility).label), "pictures"),
        ("", _("Minimum order"), minimum, "pictures"),
        ("", _("Price includes"), describe_terms(revision=revision), "pictures"),
        ("origin", _("Origin"), describe_origin(revision=revision, language=language), "delivery"),
        ("hs_code", _("HS code"), describe_hs_code(revision=revision), "delivery"),
        *(("", label, number, "delivery") for label, number in list_article_numbers(revision=revision)),
        ("", _("Ready to ship in"), ready_in, "delivery"),
        ("", _("Sample"), describe_sample(revision=revision, language=language), "delivery"),
        ("packing", _("Packing"), "\n".join(describe_packages(revision=revision)), "packing"),
        *_list_danger_rows(revision),
        *_list_depth_rows(revision, language),
    ]
    given = list_given(revision=revision)
    needed = {"title", "category", "unit", "origin"} - given
    return [
        Row(
            str(label),
            str(value),
            _edit_url(draft.listing, step),
            key=key,
            code=key == "hs_code" and bool(revision.hs_code),
            needed=key in needed,
        )
        for key, label, value, step in values
    ]


def _list_danger_rows(revision: ListingRevision) -> list[tuple[str, str, str, str]]:
    """Only where something is said of danger, with what the exporter should know of it."""
    told = (describe_danger(revision=revision), advise_on_danger(revision=revision))
    return [("", _("Dangerous goods"), "\n".join(filter(None, told)), "packing")] if told[0] else []


def _list_depth_rows(revision: ListingRevision, language: str) -> list[tuple[str, str, str, str]]:
    languages = listed(get_language_name(code=text.language) for text in revision.texts.all())
    return [
        *(("", fact.label, fact.value, "details") for fact in list_attribute_facts(revision=revision)),
        *(("", label, value, "details") for label, value in list_detail_facts(revision=revision)),
        ("", _("Variants"), "\n".join(describe_variants(revision=revision, language=language)), "variants"),
        ("", _("Documents"), "\n".join(describe_documents(revision=revision)), "documents"),
        ("", _("More languages"), languages, "texts"),
    ]


def describe_prices(*, revision: ListingRevision, language: str) -> str:
    """Each price from its quantity on, one a line."""
    lines = [
        _("from %(quantity)s: %(price)s")
        % {
            "quantity": format_quantity(number=row.minimum_quantity, unit=revision.unit),
            "price": format_money(Money(row.unit_price, revision.currency), language=language),
        }
        for row in revision.price_breaks.all()
    ]
    if not lines and revision.price_visibility == PriceVisibility.ON_REQUEST:
        return _("Price on request")
    return "\n".join(lines)


def describe_terms(*, revision: ListingRevision) -> str:
    """The Incoterm with its named place; "" where either is missing."""
    return (
        f"{revision.incoterm} {revision.incoterm_place}"
        if revision.incoterm in Incoterm.values and revision.incoterm_place
        else ""
    )


def describe_origin(*, revision: ListingRevision, language: str) -> str:
    """Region and country of origin."""
    if not revision.origin_country:
        return ""
    country = get_country_name(code=revision.origin_country, language=language)
    return (
        _("%(region)s, %(country)s") % {"region": revision.origin_region, "country": country}
        if revision.origin_region
        else country
    )


def describe_hs_code(*, revision: ListingRevision) -> str:
    """The code as trade documents write it, with its heading; or that the agency is asked."""
    if not revision.hs_code:
        return _("Not known yet: the agency is asked") if revision.hs_ask_agency else ""
    heading = get_hs_heading(code=revision.hs_code)
    code = f"{revision.hs_code[:4]}.{revision.hs_code[4:]}"
    return f"{code} (HS 2022) {heading}".strip() if revision.hs_edition == HS_EDITION else f"{code} {heading}".strip()


def describe_sample(*, revision: ListingRevision, language: str) -> str:
    """Whether samples are sent: how much, how large, how soon."""
    if not revision.sample_offered:
        return ""
    price = revision.sample_price
    parts = [
        revision.sample_size,
        _("free of charge") if price == 0 else "",
        format_money(Money(price, revision.currency), language=language) if price and revision.currency else "",
        _("sent in %(days)s") % {"days": format_days(days=revision.sample_days)}
        if revision.sample_days is not None
        else "",
    ]
    return listed(parts) or _("Can be ordered")


def describe_packages(*, revision: ListingRevision) -> list[str]:
    """Each kind of package in one line."""
    return [_describe_package(row, revision.unit) for row in revision.package_types.all()]


def _describe_package(row: PackageType, unit: str) -> str:
    words: Mapping[str, str] = {
        "kind": row.get_kind_display(), "contents": format_quantity(number=row.contents, unit=unit),
        "net": weight(row.net_weight_g), "gross": weight(row.gross_weight_g),
    }  # fmt: skip
    line = _("%(kind)s of %(contents)s, net %(net)s, gross %(gross)s") % words
    if row.diameter_mm and row.height_mm:
        size = _("diameter %(diameter)s, height %(height)s") % {
            "diameter": size_mm(row.diameter_mm),
            "height": size_mm(row.height_mm),
        }
    elif row.length_mm and row.width_mm and row.height_mm:
        size = f"{size_mm(row.length_mm)} × {size_mm(row.width_mm)} × {size_mm(row.height_mm)}"
    else:
        return line
    return f"{line}, {size}"


def list_products(*, member: Member, show: str) -> QuerySet[Listing]:
    """The company's listings, newest first; `show` is a listing state, "review" or "changes", or "" for all but the archive."""
    listings = Listing.objects.filter(company=member.company)
    if show in ListingState.values:
        listings = listings.filter(state=show)
    elif show == "review":
        listings = listings.filter(revisions__state=RevisionState.IN_REVIEW)
    elif show == "changes":
        listings = listings.filter(revisions__state=RevisionState.CHANGES_ASKED)
    else:
        listings = listings.exclude(state=ListingState.ARCHIVED)
    pictures = ListingPicture.objects.select_related("upload").prefetch_related("upload__renditions")
    revisions = (
        ListingRevision.objects.exclude(state=RevisionState.SUPERSEDED)
        .defer("description")
        .prefetch_related(Prefetch("pictures", queryset=pictures))
        .order_by("-number")
    )
    return (
        listings.select_related("live_revision")
        .prefetch_related(Prefetch("revisions", queryset=revisions))
        .order_by("-id")
    )


def count_products(*, member: Member) -> dict[str, int]:
    """How many listings the company has in each state, with "review" and "changes"; one query."""
    states = {str(state): Count("id", filter=Q(state=state), distinct=True) for state in ListingState.values}
    return Listing.objects.filter(company=member.company).aggregate(
        **states,
        review=Count("id", filter=Q(revisions__state=RevisionState.IN_REVIEW), distinct=True),
        changes=Count("id", filter=Q(revisions__state=RevisionState.CHANGES_ASKED), distinct=True),
    )


def list_product_rows(*, listings: list[Listing]) -> list[ProductRow]:
    """Lines of the list; `listings` come from `list_products`."""
    return [_make_row(listing) for listing in listings]


def _make_row(listing: Listing) -> ProductRow:
    shown = listing.revisions.all()[0]  # prefetched, the newest first, superseded ones left out
    needs_pill = shown.pk != listing.live_revision_id and not (
        listing.state == ListingState.DRAFT and shown.state == RevisionState.DRAFT
    )
    thumb = next((found for picture in shown.pictures.all() if (found := _find_thumb(picture.upload))), "")
    return ProductRow(listing, shown, needs_pill, thumb, shown.updated_at, list_acts(listing.state))


def _find_thumb(upload: Upload) -> str:
    picture = build_picture(upload=upload, alt="", sizes=THUMB_SIZES)
    if picture is None:
        return ""
    return picture.srcset.split(" ")[0] if picture.srcset else picture.src


def _name_category(revision: ListingRevision) -> str:
    if revision.category is None:
        return ""
    parent = revision.category.parent
    return f"{parent.label}: {revision.category.label}" if parent else revision.category.label


def _edit_url(listing: Listing, step: str) -> str:
    return reverse("products:edit", args=[listing.company.slug, listing.pk, step])
