"""A company's certificates: the list, a new one, the original of a file, taking one back and dropping a draft."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from certifications.choices import CertificateState
from certifications.forms.seller import FILE_TYPES, NewCertificateForm
from certifications.models import Certificate
from certifications.registry import list_covered_products
from certifications.selectors.certificates import MOST_FILES, get_own_certificate, get_standing_on
from certifications.selectors.comparison import list_facts
from certifications.selectors.history import find_ruling, list_events
from certifications.selectors.seller import (
    build_next_url,
    find_next,
    find_scheme,
    get_file,
    list_asked_schemes,
    list_certificates,
    list_choosable_schemes,
    list_files,
    list_rows,
    name_evidence,
)
from certifications.selectors.words import name_standing
from certifications.services.drafts import delete_draft, start_certificate
from certifications.services.submission import withdraw_certificate
from core.errors import DomainError, NotFound
from core.middleware import explain
from storefronts.choices import Role
from storefronts.models import Member
from storefronts.selectors import build_workspace, get_membership
from uploads.exceptions import UploadRefused
from uploads.selectors import describe_original, open_original

WRITERS = (Role.OWNER, Role.EDITOR)
NAV_KEY = "certificates"
PAGE_SIZE = 20


@login_required
@never_cache
@require_GET
def index(request: HttpRequest, company: str) -> HttpResponse:
    """All certificates of the company, what ends first on top."""
    member = get_membership(user=request.user, slug=company)
    today = timezone.localdate()
    page = Paginator(list_certificates(member=member, day=today), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list_rows(certificates=page.object_list, member=member, day=today)
    context = {
        "workspace": build_workspace(member=member, current=NAV_KEY), "page": page, "rows": rows,
        "asked": [] if rows else list_asked_schemes(), "can_edit": member.can_edit,
        "new_url": reverse("certificates:new", args=[company]),
    }  # fmt: skip
    return render(request, "certificates/list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, company: str) -> HttpResponse:
    """The scheme and the document, in one step; `replaces` names the one whose successor it is."""
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    before = _find_replaced(request, member)
    if request.method == "POST":
        return _start(request, member, before)
    scheme = before.scheme if before else find_scheme(code=request.GET.get("scheme", ""))
    schemes = list_choosable_schemes()
    form = NewCertificateForm(schemes=schemes, initial={"scheme": str(scheme.pk) if scheme else ""})
    return _show_new(request, member, form, before)


def show(request: HttpRequest, member: Member, certificate: Certificate) -> HttpResponse:
    """Everything about one that cannot be changed now: where it stands, its history, what can be done."""
    today = timezone.localdate()
    standing = get_standing_on(certificate=certificate, day=today)
    is_verified = certificate.state == CertificateState.VERIFIED
    context = build_context(member, certificate) | {
        "pill": name_standing(standing=standing), "evidence": name_evidence(certificate=certificate),
        "is_verified": is_verified, "is_public": certificate.state in {"verified", "revoked"} and member.company.is_public and certificate.scheme.is_badge,
        "files": list_files(certificate=certificate), "products": list_covered_products(certificate_id=certificate.pk),
        "events": list_events(certificate=certificate, day=today), "next": find_next(certificate=certificate),
        "ruling": find_ruling(certificate=certificate, can_edit=member.can_edit), "can_edit": member.can_edit,
        "facts": list_facts(certificate=certificate),
        "can_withdraw": member.can_edit and certificate.state in {"submitted", "verified"},
        "next_url": build_next_url(certificate=certificate, member=member),
    }  # fmt: skip
    return render(request, "certificates/show.html", context)


@login_required
@require_safe
def file(request: HttpRequest, company: str, public_id: str, upload_id: Any) -> FileResponse:
    """The original as it was sent, to be kept, for the company's own people."""
    member = get_membership(user=request.user, slug=company)
    upload = get_file(certificate=get_own_certificate(member=member, public_id=public_id), upload_id=upload_id)
    if upload is None:
        raise NotFound
    return FileResponse(open_original(upload=upload), **vars(describe_original(upload=upload)))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, company: str, public_id: str) -> HttpResponse:
    """Asked once, then taken back: what waits becomes a draft again, a verified one is no longer shown, for good."""
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    certificate = get_own_certificate(member=member, public_id=public_id)
    is_verified = certificate.state == CertificateState.VERIFIED
    if request.method == "POST":
        withdraw_certificate(member=member, public_id=public_id)
        done = (
            _("Withdrawn. Buyers no longer see it.") if is_verified else _("Taken back. Change it, then send it again.")
        )
        messages.success(request, done)
        return redirect("certificates:edit", company, public_id)
    if is_verified:
        return _confirm(
            request, member, certificate, title=_("Withdraw this certificate?"), button=_("Withdraw for good"),
            text=_("Its seal and its place beside your products go at once, and it cannot be brought back. Its page says that it was withdrawn."),
        )  # fmt: skip
    return _confirm(
        request, member, certificate, title=_("Take it back from the agency?"), button=_("Take it back"),
        text=_("It becomes a draft again, and an appeal that waits ends. You can change it and send it again."),
    )  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, company: str, public_id: str) -> HttpResponse:
    """A draft that nobody has sent is dropped, asked once."""
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    certificate = get_own_certificate(member=member, public_id=public_id)
    if request.method == "POST":
        delete_draft(member=member, public_id=public_id)
        messages.success(request, _("Deleted."))
        return redirect("certificates:list", company)
    return _confirm(
        request, member, certificate, title=_("Delete this draft?"), button=_("Delete the draft"),
        text=_("What you typed and the files of this draft are gone. Nobody else has seen them."),
    )  # fmt: skip


def build_context(member: Member, certificate: Certificate) -> dict[str, Any]:
    """What every page of one certificate needs."""
    slug, key = member.company.slug, certificate.public_id
    crumbs = [{"label": _("Certificates"), "url": reverse("certificates:list", args=[slug])}]
    return {
        "workspace": build_workspace(member=member, current=NAV_KEY), "certificate": certificate, "scheme": certificate.scheme,
        "crumbs": [*crumbs, {"label": certificate.scheme.name, "url": ""}], "agency": settings.AGENCY_NAME,
        "page_url": reverse("certificates:edit", args=[slug, key]),
        "withdraw_url": reverse("certificates:withdraw", args=[slug, key]), "delete_url": reverse("certificates:delete", args=[slug, key]),
    }  # fmt: skip


def _find_replaced(request: HttpRequest, member: Member) -> Certificate | None:
    key = request.POST.get("replaces") or request.GET.get("replaces")
    return get_own_certificate(member=member, public_id=key) if key else None


def _start(request: HttpRequest, member: Member, before: Certificate | None) -> HttpResponse:
    form = NewCertificateForm(request.POST, request.FILES, schemes=list_choosable_schemes())
    if not form.is_valid():
        return _show_new(request, member, form, before, status=422)
    try:
        certificate = start_certificate(
            member=member, scheme_id=int(form.cleaned_data["scheme"]), files=form.cleaned_data["files"],
            replaces_id=before.pk if before else None,
        )  # fmt: skip
    except DomainError as refused:  # shown on the page, where the chosen scheme stays
        is_about_file = isinstance(refused, UploadRefused) or refused.field == "file"
        form.add_error("files" if is_about_file else None, explain(refused))
        return _show_new(request, member, form, before, status=refused.status)
    return redirect("certificates:edit", member.company.slug, certificate.public_id)


def _show_new(
    request: HttpRequest, member: Member, form: NewCertificateForm, before: Certificate | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "workspace": build_workspace(member=member, current=NAV_KEY), "form": form, "before": before, "has_errors": status != 200,
        "most_files": MOST_FILES, "file_types": FILE_TYPES,
        "crumbs": [{"label": _("Certificates"), "url": reverse("certificates:list", args=[member.company.slug])}, {"label": _("New certificate")}],
    }  # fmt: skip
    return render(request, "certificates/new.html", context, status=status)


def _confirm(
    request: HttpRequest, member: Member, certificate: Certificate, *, title: str, text: str, button: str
) -> HttpResponse:
    context = build_context(member, certificate) | {"title": title, "text": text, "button": button}
    return render(request, "certificates/confirm.html", context)
