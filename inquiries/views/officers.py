"""Officers read one thread, while a party has let them in; inside the admin, behind its sign-in."""

from uuid import uuid4

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import DomainError, NotFound
from core.middleware import explain
from inquiries.exceptions import AccessOver
from inquiries.selectors.blocks import count_blocking_firms
from inquiries.selectors.officers import get_access
from inquiries.services.agency import read_as_officer, write_as_officer


@require_http_methods(["GET", "POST"])
@never_cache
def reading(request: HttpRequest, access_id: int) -> HttpResponse:
    """The thread, and a message to both sides."""
    officer = request.user
    assert isinstance(officer, User)  # noqa: S101  admin_view lets nobody else in
    problem, status, text, key = "", 200, request.POST.get("text", ""), request.POST.get("key") or str(uuid4())
    if request.method == "POST":
        try:
            write_as_officer(officer=officer, access_id=access_id, text=text, key=key)
        except (NotFound, AccessOver):
            raise
        except DomainError as refusal:
            problem, status = explain(refusal), refusal.status
        else:
            messages.success(request, _("Sent to both sides."))
            return redirect("admin:inquiries_reading", access_id)
    access = get_access(officer=officer, access_id=access_id)
    entries = read_as_officer(officer=officer, access_id=access_id)
    blocked_by = count_blocking_firms(officer=officer, email=access.inquiry.buyer_email, user=access.inquiry.buyer)
    context = {
        **admin.site.each_context(request), "access": access, "entries": entries, "problem": problem, "text": text, "key": key, "blocked_by": blocked_by,
    }  # fmt: skip
    return render(request, "inquiries/reading.html", context, status=status)


@require_http_methods(["GET", "HEAD"])
def who_reads_what(request: HttpRequest) -> HttpResponse:
    """What each side, the agency and the machine see of an inquiry."""
    return render(request, "inquiries/who_reads_what.html")
