"""What listings tell the exporter's dashboard, and who may see a picture that is not public."""

from typing import Any

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.templatetags.ui import quantity
from listings.choices import OPEN_STATES, ListingState, RevisionState
from listings.models import Listing, ListingRevision
from listings.selectors.editor import list_product_rows, list_products
from storefronts.models import Member
from storefronts.rules import Number, Todo
from storefronts.selectors import list_memberships
from uploads.choices import UploadState

MOST_TODOS = 5
LATEST = 5


def list_listing_todos(*, member: Member) -> list[Todo]:
    """What waits for the exporter among the products: changes asked for, failed pictures, drafts never sent; at most 5 of each."""
    opened = ListingRevision.objects.filter(listing__company=member.company, state__in=OPEN_STATES).exclude(
        listing__state=ListingState.ARCHIVED
    )
    changes = opened.filter(state=RevisionState.CHANGES_ASKED).order_by("decided_at")[:MOST_TODOS]
    failed = (
        opened.filter(Q(pictures__upload__state=UploadState.FAILED))
        .exclude(state=RevisionState.IN_REVIEW)
        .distinct()[:MOST_TODOS]
    )
    drafts = opened.filter(state=RevisionState.DRAFT).select_related("updated_by").order_by("-updated_at")[:MOST_TODOS]
    return [
        *(_ask_for_change(revision, member) for revision in changes),
        *(_ask_for_picture(revision, member) for revision in failed),
        *(_ask_to_submit(revision, member) for revision in drafts),
    ]


def list_listing_numbers(*, member: Member) -> list[Number]:
    """How many products buyers see, and of how many; the archive left out. One query."""
    kept = Listing.objects.filter(company=member.company).exclude(state=ListingState.ARCHIVED)
    counts = kept.aggregate(all=Count("pk"), live=Count("pk", filter=Q(state=ListingState.LIVE)))
    live = counts["live"] if member.company.is_public else 0
    note = _("of %(number)s") % {"number": quantity(counts["all"])} if counts["all"] > live else ""
    return [Number(_("Live products"), str(quantity(live)), note, order=40)]


def select_dashboard_products(*, member: Member) -> dict[str, Any]:
    """Fill the slot "dashboard.main" with the products that were saved last, the archive left out."""
    products = list_products(member=member, show="")
    latest = products.annotate(saved_at=Max("revisions__updated_at")).order_by("-saved_at", "-id")[:LATEST]
    slug = member.company.slug
    rows = list_product_rows(listings=list(latest))
    return {
        "rows": rows, "is_empty": not rows, "total": products.count(), "can_edit": member.can_edit, "company_slug": slug,
        "list_url": reverse("products:list", args=[slug]), "new_url": reverse("products:new", args=[slug]),
    }  # fmt: skip


def is_picture_readable(*, user: Any, upload: Any) -> bool:
    """Members of the company whose revision shows the picture may see it unpublished, and officers."""
    if getattr(user, "is_officer", False):
        return True
    return bool(upload.listing_pictures.filter(revision__listing__company__members__user=user).exists())


def is_picture_sender(*, user: Any) -> bool:
    """Whoever may edit in any company, an officer who drafts for one too."""
    return any(member.can_edit for member in list_memberships(user=user))


def is_document_readable(*, user: Any, upload: Any) -> bool:
    """Members of the company whose product the paper is of, and officers."""
    if getattr(user, "is_officer", False):
        return True
    return bool(upload.listing_documents.filter(revision__listing__company__members__user=user).exists())


def _ask_for_change(revision: ListingRevision, member: Member) -> Todo:
    return Todo(
        urgency=1, icon="chat", kind="warn", title=_("Change “%(title)s”") % {"title": revision.title},
        text=revision.note or _("The agency has asked for changes. Open the product to read which."),
        url=_edit_url(revision, member, "basics"), button=_("Open"),
    )  # fmt: skip


def _ask_for_picture(revision: ListingRevision, member: Member) -> Todo:
    return Todo(
        urgency=2, icon="image", kind="warn", title=_("A picture of “%(title)s” could not be read") % {"title": revision.title},
        text=_("Send it again or remove it. Everything else is kept."),
        url=_edit_url(revision, member, "pictures"), button=_("See the pictures"),
    )  # fmt: skip


def _ask_to_submit(revision: ListingRevision, member: Member) -> Todo:
    if revision.updated_by is not None and revision.updated_by.is_officer and not member.is_agency:
        return Todo(
            urgency=3, icon="box", kind="info", title=_("Look through “%(title)s”") % {"title": revision.title},
            text=_("The agency entered it for you. Change what is wrong, then send it: buyers cannot see it before."),
            url=_edit_url(revision, member, "review"), button=_("Look through it"),
        )  # fmt: skip
    return Todo(
        urgency=5, icon="box", kind="info", title=_("Finish “%(title)s”") % {"title": revision.title},
        text=_("This version was never sent to the agency. Buyers cannot see it."),
        url=_edit_url(revision, member, "review"), button=_("Go on"),
    )  # fmt: skip


def _edit_url(revision: ListingRevision, member: Member, step: str) -> str:
    return reverse("products:edit", args=[member.company.slug, revision.listing_id, step])
