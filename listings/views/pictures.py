"""What the buttons around the pictures do, within the form of the second step."""

from uuid import UUID

from django.http import HttpRequest

from core.errors import DomainError
from core.middleware import explain
from listings.exceptions import PictureGone
from listings.selectors.drafts import Draft
from listings.services.pictures import add_pictures, move_picture, remove_picture, send_picture_again
from storefronts.models import Member

FIELD_ID = "id_pictures"


def asks_for_pictures(request: HttpRequest) -> bool:
    """Files came along, or a picture's button was pressed."""
    return (
        bool(request.FILES.getlist("pictures")) or "picture_action" in request.POST or "send_pictures" in request.POST
    )


def act_on_pictures(request: HttpRequest, member: Member, draft: Draft) -> list[tuple[str, str]]:
    """Do what was asked; each refusal as (where it belongs on the page, sentence)."""
    errors: list[tuple[str, str]] = []
    listing_id = draft.listing.pk
    try:
        files = request.FILES.getlist("pictures")
        if files:
            sent = add_pictures(member=member, listing_id=listing_id, files=files)
            errors += [(FIELD_ID, explain(refused.error)) for refused in sent.refused]
        if action := request.POST.get("picture_action"):
            _press(action, member, listing_id)
    except DomainError as error:  # shown on the page, where the typed prices stay
        errors.append((FIELD_ID, explain(error)))
    return errors


def _press(action: str, member: Member, listing_id: int) -> None:
    verb, _, wanted = action.partition(":")
    try:
        upload_id = str(UUID(wanted))
    except ValueError as error:
        raise PictureGone from error
    if verb == "again":
        send_picture_again(member=member, listing_id=listing_id, upload_id=upload_id, file=None)
    elif verb == "remove":
        remove_picture(member=member, listing_id=listing_id, upload_id=upload_id)
    elif verb in {"earlier", "later"}:
        move_picture(member=member, listing_id=listing_id, upload_id=upload_id, direction=verb)
    else:
        raise PictureGone
