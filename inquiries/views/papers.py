"""Papers of the product, for the two sides of a thread."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from inquiries.selectors.papers import get_paper
from inquiries.selectors.threads import get_seat
from inquiries.services.papers import hide_paper, show_paper
from inquiries.views.reading import get_reader
from uploads.selectors import describe_original, open_original


@require_safe
def paper(request: HttpRequest, inquiry_id: UUID, upload_id: UUID) -> FileResponse:
    """A paper as it was sent, to be saved."""
    seat = get_seat(reader=get_reader(request), inquiry_id=inquiry_id)
    upload = get_paper(seat=seat, upload_id=upload_id).upload
    return FileResponse(open_original(upload=upload), **vars(describe_original(upload=upload)))


@never_cache
@require_POST
def turn(request: HttpRequest, inquiry_id: UUID, upload_id: UUID) -> HttpResponse:
    """Show it to the buyer, or hide it again."""
    reader = get_reader(request)
    if request.POST.get("act") == "hide":
        inquiry = hide_paper(reader=reader, inquiry_id=inquiry_id, upload_id=upload_id)
        messages.success(request, _("The buyer can no longer open it."))
    else:
        inquiry = show_paper(reader=reader, inquiry_id=inquiry_id, upload_id=upload_id)
        messages.success(request, _("The buyer can open it now."))
    return redirect(f"{inquiry.get_absolute_url()}#papers")
