"""What the buttons around the pictures do, within the form of the second step, and pictures that came in pieces."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.errors import DomainError, NotFound
from core.middleware import explain
from listings.exceptions import PictureGone
from listings.services.pictures import (
    add_arrived_picture,
    add_pictures,
    move_picture,
    remove_picture,
    send_picture_again,
)
from storefronts.choices import Role
from storefronts.models import Member
from storefronts.selectors import get_membership
from uploads.exceptions import ArrivalGone

FIELD_ID = "id_pictures"


def asks_for_pictures(request: HttpRequest) -> bool:
    """Files came along, or a picture's button was pressed."""
    return (
        bool(request.FILES.getlist("pictures")) or "picture_action" in request.POST or "send_pictures" in request.POST
    )


def act_on_pictures(
    request: HttpRequest, member: Member, listing_id: int, version: str
) -> tuple[list[tuple[str, str]], str]:
    """Do what was asked; each refusal as (where it belongs on the page, sentence), and the version that the page has now."""
    errors: list[tuple[str, str]] = []
    try:
        files = request.FILES.getlist("pictures")
        if files:
            sent = add_pictures(member=member, listing_id=listing_id, files=files, version=version)
            version = sent.version
            errors += [(FIELD_ID, explain(refused.error)) for refused in sent.refused]
        if action := request.POST.get("picture_action"):
            version = _press(action, member, listing_id, version)
    except DomainError as error:  # shown on the page, where the typed prices stay
        errors.append((FIELD_ID, explain(error)))
    return errors, version


@login_required
@never_cache
@require_POST
def take(request: HttpRequest, company: str, pk: int) -> JsonResponse:
    """A picture whose last piece has come takes its place. A page that was current stays so: X-Version is what it is based on now."""
    member = get_membership(user=request.user, slug=company, roles=(Role.OWNER, Role.EDITOR))
    version = request.POST.get("version", "")
    try:
        arrival_id = _read_arrival(request)
        taken = add_arrived_picture(member=member, listing_id=pk, arrival_id=arrival_id, version=version)
    except NotFound:
        raise
    except DomainError as error:
        return JsonResponse({"message": explain(error)}, status=error.status)
    return JsonResponse({"added": taken.added}, headers={"X-Version": taken.version})


def _read_arrival(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("arrival", ""))
    except ValueError as error:
        raise ArrivalGone from error


def _press(action: str, member: Member, listing_id: int, version: str) -> str:
    verb, _, wanted = action.partition(":")
    try:
        upload_id = str(UUID(wanted))
    except ValueError as error:
        raise PictureGone from error
    asked: dict[str, Any] = {"member": member, "listing_id": listing_id, "upload_id": upload_id, "version": version}
    if verb == "again":
        return send_picture_again(**asked, file=None).version
    if verb == "remove":
        return remove_picture(**asked).version
    if verb in {"earlier", "later"}:
        return move_picture(**asked, direction=verb).version
    raise PictureGone
