"""The mailed link: it opens a thread, and sends an inquiry that waited for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.middleware import explain
from inquiries.choices import InquiryState
from inquiries.exceptions import BuyerBarred, BuyerBlocked, LinkExpired, TooManyExporters
from inquiries.models import Inquiry
from inquiries.selectors.links import read_link, read_old_link
from inquiries.selectors.threads import get_linked_inquiry
from inquiries.services.asking import confirm_inquiry, mail_new_link
from inquiries.views.reading import remember_opened


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button that sends the inquiry, for mail scanners follow links too; a sent one opens at once."""
    try:
        inquiry = get_linked_inquiry(inquiry_id=read_link(token=token))
    except LinkExpired as expired:
        return render(request, "inquiries/link_expired.html", {"token": token}, status=expired.status)
    if inquiry.state != InquiryState.UNCONFIRMED:
        return _enter(request, inquiry)
    if request.method == "POST":
        try:
            asked = confirm_inquiry(inquiry_id=inquiry.pk)
        except (BuyerBlocked, BuyerBarred, TooManyExporters) as refusal:
            return _show(request, inquiry, problem=explain(refusal), status=refusal.status)
        if asked.outcome == "existing":
            messages.info(
                request, _("You have asked this within the last day. What you wrote now is kept below: send it here.")
            )
        return _enter(request, asked.inquiry)
    return _show(request, inquiry)


@require_POST
@never_cache
def send_new_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that is too old is replaced: the new one goes to the address that asked, and is not shown here."""
    mail_new_link(inquiry_id=read_old_link(token=token))
    return redirect("inquiries:look_into_mail")


def _enter(request: HttpRequest, inquiry: Inquiry) -> HttpResponse:
    remember_opened(request, inquiry.pk)
    return redirect(reverse("inquiries:thread", args=[inquiry.pk]))


def _show(request: HttpRequest, inquiry: Inquiry, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {"inquiry": inquiry, "message": inquiry.messages.first(), "problem": problem, "has_errors": bool(problem)}
    return render(request, "inquiries/confirm.html", context, status=status)
