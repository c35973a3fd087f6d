"""What the buttons around the documents do, within the form of their page."""

from uuid import UUID

from django.http import HttpRequest

from core.errors import DomainError
from core.middleware import explain
from listings.exceptions import DocumentGone
from listings.services.documents import add_documents, remove_document
from storefronts.models import Member

FIELD_ID = "id_documents"


def asks_for_documents(request: HttpRequest) -> bool:
    """Files came along, or a document's button was pressed."""
    pressed = {"send_documents", "remove_document"} & set(request.POST)
    return bool(request.FILES.getlist("documents") or pressed)


def act_on_documents(
    request: HttpRequest, member: Member, listing_id: int, version: str
) -> tuple[list[tuple[str, str]], str]:
    """Do what was asked; each refusal as (where it belongs on the page, sentence), and the version that the page has now."""
    errors: list[tuple[str, str]] = []
    try:
        if files := request.FILES.getlist("documents"):
            sent = add_documents(member=member, listing_id=listing_id, files=files, version=version)
            version = sent.version
            errors += [(FIELD_ID, explain(one.error)) for one in sent.refused]
        if wanted := request.POST.get("remove_document"):
            upload_id = _read_id(wanted)
            version = remove_document(
                member=member, listing_id=listing_id, upload_id=upload_id, version=version
            ).version
    except DomainError as error:  # shown on the page, where what was typed stays
        errors.append((FIELD_ID, explain(error)))
    return errors, version


def _read_id(wanted: str) -> str:
    try:
        return str(UUID(wanted))
    except ValueError as error:
        raise DocumentGone from error
