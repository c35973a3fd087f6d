"""The page on which anybody reports what is public."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import DomainError, NotFound
from core.middleware import explain
from moderation.forms import ReportForm
from moderation.selectors import get_reported
from moderation.services import file_report


@require_http_methods(["GET", "HEAD", "POST"])
def show_report(request: HttpRequest, kind: str, subject_id: int) -> HttpResponse:
    """GET asks what is wrong; POST makes a report and leads back to what was reported."""
    reported = get_reported(kind=kind, subject_id=subject_id)
    form = ReportForm(request.POST if request.method == "POST" else None)
    context = {"reported": reported, "form": form}
    if request.method != "POST":
        return render(request, "moderation/report.html", context)
    if not form.is_valid():
        return render(request, "moderation/report.html", {**context, "has_errors": True}, status=422)
    reporter = request.user if isinstance(request.user, User) else None
    try:
        file_report(
            kind=kind,
            subject_id=subject_id,
            language=get_language() or "en",
            address=get_adapter(request).get_client_ip(request),
            reporter=reporter,
            **form.cleaned_data,
        )
    except NotFound:
        raise
    except DomainError as refused:  # too often: what was typed stays on the page
        form.add_error(None, explain(refused))
        return render(request, "moderation/report.html", {**context, "has_errors": True}, status=refused.status)
    messages.success(request, _("Thank you. An officer looks at it, usually within two working days."))
    return redirect(reported.url)
