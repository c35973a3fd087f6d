"""A thread for both sides: reading, answering, drafts, declining, giving it to a colleague, asking the agency in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, NotAllowed, NotFound
from core.middleware import explain
from inquiries.forms.thread import AgencyForm, DeclineForm, ReplyForm, make_key
from inquiries.models import Inquiry
from inquiries.rules.messages import fill_template
from inquiries.selectors.deals import has_deal
from inquiries.selectors.inbox import get_reply_template
from inquiries.selectors.pages import count_newer
from inquiries.selectors.threads import Seat, find_draft, get_seat
from inquiries.services.agency import ask_agency
from inquiries.services.declining import decline_inquiry
from inquiries.services.desk import assign_inquiry
from inquiries.services.messages import save_draft, send_message
from inquiries.views.frames import build_frame, build_thread
from inquiries.views.reading import get_reader, read_number
from uploads.exceptions import UploadRefused


@never_cache
@require_safe
def thread(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """The thread; `?seen=4` answers only whether something newer is there, `?template=2` fills the composer."""
    seat = get_seat(reader=get_reader(request), inquiry_id=inquiry_id)
    seen = read_number(request.GET.get("seen", ""))
    if seen is not None:
        context = {"inquiry": seat.inquiry, "seen": seen, "newer": count_newer(inquiry=seat.inquiry, seen=seen)}
        return render(request, "inquiries/parts/news.html", context)
    return _show(request, seat)


@never_cache
@require_POST
def reply(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Send a message and come back to it."""
    reader = get_reader(request)
    form = ReplyForm(request.POST, request.FILES)
    seat = get_seat(reader=reader, inquiry_id=inquiry_id)
    if not form.is_valid():
        return _show(request, seat, reply=form, status=422)
    try:
        message = send_message(reader=reader, inquiry_id=inquiry_id, **form.cleaned_data)
    except DomainError as refused:
        _let_pass(refused)
        return _show_refused_reply(request, refused, get_seat(reader=reader, inquiry_id=inquiry_id))
    return redirect(f"{seat.inquiry.get_absolute_url()}#message-{message.number}")


@never_cache
@require_POST
def draft(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Keep what somebody has begun to write; the script saves it by itself."""
    reader = get_reader(request)
    seat = get_seat(reader=reader, inquiry_id=inquiry_id)
    by_itself = "X-Autosave" in request.headers
    try:
        save_draft(reader=reader, inquiry_id=inquiry_id, text=request.POST.get("text", ""))
    except DomainError as refused:
        _let_pass(refused)
        if by_itself:
            return HttpResponse(status=refused.status)
        return _show_refused_reply(request, refused, seat)
    if by_itself:
        return HttpResponse(status=204)
    messages.success(request, _("Your draft is saved. Nobody else sees it."))
    return redirect(f"{seat.inquiry.get_absolute_url()}#reply")


@never_cache
@require_POST
def decline(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Say no with a reason."""
    reader = get_reader(request)
    seat = get_seat(reader=reader, inquiry_id=inquiry_id)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, seat, decline=form, status=422)
    try:
        decline_inquiry(reader=reader, inquiry_id=inquiry_id, **form.cleaned_data)
    except DomainError as refused:
        _let_pass(refused)
        form.add_error("note" if refused.field == "text" else None, explain(refused))
        return _show(request, get_seat(reader=reader, inquiry_id=inquiry_id), decline=form, status=refused.status)
    messages.success(request, _("Declined. The buyer is told why."))
    return redirect(seat.inquiry)


@never_cache
@require_POST
def assign(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Give the inquiry to a colleague, or to everybody again."""
    reader = get_reader(request)
    seat = get_seat(reader=reader, inquiry_id=inquiry_id)
    chosen = request.POST.get("assigned_to", "")
    member_id = read_number(chosen) or 0
    try:
        inquiry = assign_inquiry(reader=reader, inquiry_id=inquiry_id, member_id=member_id if chosen else None)
    except DomainError as refused:
        _let_pass(refused)
        messages.error(request, explain(refused))
        return _show(request, seat, status=refused.status)
    messages.success(request, _name_assignment(inquiry))
    return redirect(inquiry)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agency(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Ask the agency for help or report the other side: from then on officers may read this one thread."""
    reader = get_reader(request)
    seat = get_seat(reader=reader, inquiry_id=inquiry_id)
    if not seat.can_write:
        raise NotAllowed
    if not seat.inquiry.confirmed_at:
        raise NotFound
    form = AgencyForm(request.POST if request.method == "POST" else None, can_dispute=has_deal(inquiry=seat.inquiry))
    if request.method != "POST":
        return _show_agency(request, seat, form)
    if not form.is_valid():
        return _show_agency(request, seat, form, status=422)
    try:
        ask_agency(reader=reader, inquiry_id=inquiry_id, **form.cleaned_data)
    except DomainError as refused:
        _let_pass(refused)
        form.add_error(refused.field, explain(refused))
        return _show_agency(request, seat, form, status=refused.status)
    messages.success(request, _("The agency knows. The other side is told that officers may read this thread."))
    return redirect(seat.inquiry)


def _show(request: HttpRequest, seat: Seat, *, status: int = 200, **forms: Any) -> HttpResponse:
    reply: ReplyForm | None = forms.pop("reply", None)
    context = build_thread(seat, reply=reply, **forms)
    if reply is None:
        context["reply"] = ReplyForm(
            initial={"text": _begin_text(request, seat), "key": make_key(), "seen": context["page"].seen}
        )
    context |= {"has_errors": status != 200, "files_were_sent": bool(request.FILES)}
    return render(request, "inquiries/thread.html", context, status=status)


def _show_refused_reply(request: HttpRequest, refused: DomainError, seat: Seat) -> HttpResponse:
    """The words stay, the hidden number moves on to what the page shows now."""
    typed = request.POST.copy()
    last = seat.inquiry.messages.last()
    typed["seen"] = str(last.number if last else 0)
    typed.setdefault("key", make_key())
    form = ReplyForm(typed)
    form.is_valid()
    form.add_error("files" if isinstance(refused, UploadRefused) else refused.field, explain(refused))
    return _show(request, seat, reply=form, status=refused.status)


def _begin_text(request: HttpRequest, seat: Seat) -> str:
    """What the composer begins with: a chosen template after what stands in the draft."""
    kept = find_draft(seat=seat) if seat.can_write else None
    words = kept.text if kept else ""
    chosen = read_number(request.GET.get("template", ""))
    if seat.member is None or chosen is None:
        return words
    template = get_reply_template(company=seat.inquiry.company, template_id=chosen)
    filled = fill_template(template.text, buyer=seat.inquiry.buyer_name, product=seat.inquiry.subject)
    return f"{words}\n\n{filled}" if words and filled not in words else words or filled


def _show_agency(request: HttpRequest, seat: Seat, form: AgencyForm, *, status: int = 200) -> HttpResponse:
    context = {**build_frame(seat), "inquiry": seat.inquiry, "form": form}
    return render(request, "inquiries/agency.html", context, status=status)


def _name_assignment(inquiry: Inquiry) -> str:
    if inquiry.assigned_to is None:
        return _("Everybody of your team may answer.")
    return _("%(name)s answers this inquiry.") % {"name": inquiry.assigned_to.user}


def _let_pass(refused: DomainError) -> None:
    """A stranger, or a person without the right, gets the house's own page."""
    if type(refused) in {NotFound, NotAllowed}:
        raise refused
