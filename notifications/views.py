"""Pages: what a person was told, how they want it, and the link that stops mails."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notifications.forms import WishesForm
from notifications.selectors import count_unread, list_choices, list_notices, read_unsubscribe_token
from notifications.services import read_all_notices, read_notice, save_wishes, subscribe_again, unsubscribe

PAGE_SIZE = 30


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Notices, the newest first."""
    page = Paginator(list_notices(user=request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notifications/index.html", {"page": page, "unread": count_unread(user=request.user)})


@require_POST
@login_required
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one as read and go where it leads: a state changes by POST only, so each line of the list is a button."""
    person: Any = request.user
    return redirect(read_notice(user=person, notice_id=notice_id).url)


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    person: Any = request.user
    read_all_notices(user=person)
    return redirect("notifications:index")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def wishes(request: HttpRequest) -> HttpResponse:
    """When each kind is mailed, and whether it is shown."""
    person: Any = request.user
    form = WishesForm(request.POST or None, choices=list_choices(person=person))
    if form.is_bound and form.is_valid():
        save_wishes(person=person, wishes=form.read_wishes())
        messages.success(request, _("Your wishes are saved."))
        return redirect("notifications:settings")
    return render(request, "notifications/settings.html", {"form": form}, status=422 if form.is_bound else 200)


@csrf_exempt  # the signed token is the permission, and mail programs post without a cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button, for mail scanners follow links too; a POST, from the button or a mail program, stops the mails."""
    found = read_unsubscribe_token(token=token)
    if request.method == "POST":
        if "again" in request.POST:
            subscribe_again(token=token)
        else:
            unsubscribe(token=token)
        found = read_unsubscribe_token(token=token)
    context = {"found": found, "label": _(found.kind.label), "was_asked": request.method == "POST"}
    return render(request, "notifications/unsubscribe.html", context)
