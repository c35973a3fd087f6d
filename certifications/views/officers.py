"""Officers write down what they found, save an original, and have a verified certificate looked at again."""

from uuid import UUID

from django.contrib import admin, messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from certifications.choices import CheckMethod, CheckResult
from certifications.forms.officers import CheckForm
from certifications.models import Certificate
from certifications.selectors.officers import find_open_case
from certifications.selectors.review import get_certificate_file, get_sent_certificate
from certifications.services.checks import record_check
from certifications.services.decisions import open_recheck
from core.errors import DomainError, NotFound
from core.middleware import explain
from uploads.selectors import describe_original, open_original


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """Capture what a register or an issuer says; back to the case, or the form again with what was typed."""
    officer = _get_officer(request)
    certificate = get_sent_certificate(officer=officer, certificate_id=certificate_id)
    form = CheckForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, certificate, form, status=422 if form.is_bound else 200)
    clean = form.cleaned_data
    try:
        record_check(
            officer=officer, certificate_id=certificate.pk, method=CheckMethod(clean["method"]),
            result=CheckResult(clean["result"]), url=clean["url"], text=clean["text"], picture=clean["picture"],
        )  # fmt: skip
    except NotFound:
        raise
    except DomainError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
        return _show(request, certificate, form, status=refused.status)
    messages.success(request, _("Written down. The ticks are judged anew."))
    return redirect(_find_way_back(certificate))


@require_POST
def doubt(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """Have a verified certificate looked at again: its case opens."""
    officer = _get_officer(request)
    certificate = get_sent_certificate(officer=officer, certificate_id=certificate_id)
    case = open_recheck(officer=officer, certificate_id=certificate.pk)
    return redirect("admin:moderation_case", case.pk)


@require_safe
def original(request: HttpRequest, certificate_id: int, upload_id: UUID) -> HttpResponseBase:
    """The file as it was sent, only ever to be saved."""
    upload = get_certificate_file(officer=_get_officer(request), certificate_id=certificate_id, upload_id=upload_id)
    return FileResponse(open_original(upload=upload), **vars(describe_original(upload=upload)))


def _get_officer(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.is_officer:
        raise NotFound
    return request.user


def _find_way_back(certificate: Certificate) -> str:
    case = find_open_case(certificate=certificate)
    if case:
        return reverse("admin:moderation_case", args=[case.pk])
    return reverse("admin:certifications_certificate_change", args=[certificate.pk])


def _show(request: HttpRequest, certificate: Certificate, form: CheckForm, *, status: int) -> HttpResponse:
    context = {
        **admin.site.each_context(request), "certificate": certificate, "form": form, "has_errors": status >= 400,
        "back_url": _find_way_back(certificate),
    }  # fmt: skip
    return render(request, "certificates/officer/check.html", context, status=status)
