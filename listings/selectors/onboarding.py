"""What a new firm's first steps say of its products."""

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from listings.choices import ListingState, PriceVisibility, RevisionState
from listings.models import Listing, ListingRevision
from storefronts.choices import StepState
from storefronts.models import Member
from storefronts.rules import OnboardingStep
from uploads.choices import UploadState


def list_product_steps(*, member: Member) -> list[OnboardingStep]:
    """The first product begun, then completed and sent. One query."""
    own = ListingRevision.objects.filter(listing=OuterRef("pk"))
    is_priced = Q(price_visibility=PriceVisibility.ON_REQUEST) | Q(price_breaks__isnull=False)
    shown = own.filter(is_priced | Q(variants__prices__isnull=False), pictures__isnull=False)
    shown = shown.exclude(pictures__upload__state=UploadState.FAILED)
    is_kept = ~Q(state=ListingState.ARCHIVED)
    found = (
        Listing.objects.filter(company=member.company_id)
        .annotate(is_begun=Exists(shown), is_sent=Exists(own.filter(state=RevisionState.IN_REVIEW)))
        .aggregate(
            begun=Count("pk", filter=is_kept & Q(is_begun=True)), sent=Count("pk", filter=is_kept & Q(is_sent=True)),
            approved=Count("first_live_at"), latest=Max("pk", filter=is_kept & Q(first_live_at=None)),
        )
    )  # fmt: skip
    sent = StepState.DONE if found["approved"] else StepState.WAITING if found["sent"] else StepState.OPEN
    has_begun = bool(found["begun"] or sent != StepState.OPEN)
    return [_begin(member, found["latest"], is_done=has_begun), _send(member, found["latest"], sent)]


def _begin(member: Member, listing_id: int | None, *, is_done: bool) -> OnboardingStep:
    return OnboardingStep(
        "product", 40, _("Show your first product"),
        _("A name, a picture and a price are enough to begin; buyers compare by them."), 8,
        StepState.DONE if is_done else StepState.OPEN, _find_url(member, listing_id, "pictures"),
        _("Go on") if listing_id else _("Begin"),
    )  # fmt: skip


def _send(member: Member, listing_id: int | None, state: StepState) -> OnboardingStep:
    return OnboardingStep(
        "product_sent", 50, _("Complete the product and send it"),
        _("The review says what is still missing. An officer looks at each product before buyers see it."), 9, state,
        _find_url(member, listing_id, "review"), _("Look and send"), opens_market=True,
    )  # fmt: skip


def _find_url(member: Member, listing_id: int | None, step: str) -> str:
    if not member.can_edit:
        return ""
    slug = member.company.slug
    return (
        reverse("products:edit", args=[slug, listing_id, step]) if listing_id else reverse("products:new", args=[slug])
    )
