"""A draft beside its document: one form for both, plain posts, nothing typed is lost."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from certifications.choices import CertificateState
from certifications.exceptions import CertificateIncomplete
from certifications.forms.members import bind_members, read_members, retype_members
from certifications.forms.seller import FILE_TYPES, CertificateForm, make_initial, make_typed
from certifications.models import Certificate
from certifications.registry import list_covered_products
from certifications.selectors.certificates import MOST_FILES, get_own_certificate, get_standing_on, get_version
from certifications.selectors.history import find_ruling
from certifications.selectors.issuers import list_issuers
from certifications.selectors.seller import (
    UNFINISHED,
    list_advice,
    list_choosable_schemes,
    list_files,
)
from certifications.selectors.suggestions import suggest_values
from certifications.selectors.words import name_standing
from certifications.services.drafts import add_files, remove_file, save_certificate, send_file_again
from certifications.services.submission import submit_certificate
from certifications.views.seller import WRITERS, build_context, show
from core.errors import DomainError, NotFound
from core.middleware import explain
from storefronts.models import Member
from storefronts.selectors import get_membership

FILES_ID = "id_files"
ROW_BUTTONS = ("add_member", "remove_member", "fill")
MISSING = {
    "files": gettext_lazy("Add the document: a PDF, or a photo of each page."),
    "issuer_name": gettext_lazy("Say who issued it."),
    "number": gettext_lazy("Give its number."),
    "holder": gettext_lazy("Give the holder as printed."),
    "scope": gettext_lazy("Copy its scope, word for word."),
    "valid_from": gettext_lazy("Give the first day on which it is valid."),
    "valid_until": gettext_lazy("Give its last day."),
}
Errors = list[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """The form and its rows of members."""

    form: CertificateForm
    members: Any

    def is_valid(self) -> bool:
        return bool(self.form.is_valid() and self.members.is_valid())

    @property
    def has_news(self) -> bool:
        """Something was typed since the page was made."""
        return self.form.has_news or self.members.has_changed()

    def get_values(self) -> dict[str, Any]:
        return self.form.get_values() | {"members": self.members.get_members()}


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, company: str, public_id: str) -> HttpResponse:
    """A draft to be written, for those who may; everything else to be read."""
    member = _find_member(request, company)
    certificate = get_own_certificate(member=member, public_id=public_id)
    if request.method == "POST":
        return _receive(request, member, certificate)
    if certificate.state != CertificateState.DRAFT or not member.can_edit:
        return show(request, member, certificate)
    return _page(request, member, certificate, read_entry(member, certificate))


@login_required
@never_cache
@require_GET
def files(request: HttpRequest, company: str, public_id: str) -> HttpResponse:
    """The document with its states alone, for the page that watches it."""
    member = _find_member(request, company)
    certificate = get_own_certificate(member=member, public_id=public_id)
    return render(request, "certificates/parts/files.html", _describe_files(member, certificate))


def read_entry(member: Member, certificate: Certificate) -> Entry:
    """What is stored; before the first save, empty fields hold what was read in the document."""
    suggested = suggest_values(certificate=certificate) if certificate.edit_count == 0 else {}
    form = _make_form(member, certificate, None, initial=make_initial(certificate), suggested=suggested)
    return Entry(form, read_members(certificate))


def bind_entry(member: Member, certificate: Certificate, request: HttpRequest) -> Entry:
    """What was typed, to be judged."""
    suggested = suggest_values(certificate=certificate) if certificate.edit_count == 0 else {}
    form = _make_form(member, certificate, request.POST, initial=make_initial(certificate), suggested=suggested)
    return Entry(form, bind_members(request.POST, certificate))


def retype_entry(member: Member, certificate: Certificate, request: HttpRequest) -> Entry:
    """What was typed, unjudged; the button "fill" puts what was read in the document into empty fields."""
    suggested = suggest_values(certificate=certificate) if "fill" in request.POST else {}
    form = _make_form(member, certificate, None, initial=make_typed(request.POST), suggested=suggested)
    return Entry(form, retype_members(request.POST))


def _make_form(
    member: Member, certificate: Certificate, data: Any, *, initial: dict[str, Any], suggested: dict[str, Any]
) -> CertificateForm:
    return CertificateForm(
        data, initial=initial, suggested=suggested, schemes=list_choosable_schemes(certificate=certificate),
        sites=member.company.sites.all(), number_hint=certificate.scheme.number_hint,
    )  # fmt: skip


def _find_member(request: HttpRequest, company: str) -> Member:
    return get_membership(user=request.user, slug=company, roles=() if request.method == "GET" else WRITERS)


def _receive(request: HttpRequest, member: Member, certificate: Certificate) -> HttpResponse:
    errors = _act_on_files(request, member, certificate)
    if "then" not in request.POST:
        return _stay(request, member, certificate, errors)
    entry = bind_entry(member, certificate, request)
    if not entry.is_valid() or errors:
        return _page(request, member, certificate, entry, errors=errors, status=422)
    public_id = certificate.public_id
    try:
        certificate = save_certificate(
            member=member, public_id=public_id, version=request.POST.get("version", ""), values=entry.get_values()
        )
        if request.POST["then"] == "next":  # what was saved stays saved when it cannot be sent yet
            submit_certificate(member=member, public_id=public_id, version=get_version(certificate=certificate))
    except DomainError as error:  # another tab or an officer was first, or something is missing: what was typed stays
        return _refuse(request, member, certificate, entry, error)
    return _go_on(request, member, certificate)


def _stay(request: HttpRequest, member: Member, certificate: Certificate, errors: Errors) -> HttpResponse:
    """A button of a row or of a file was pressed: the page again, with all that was typed."""
    if errors or any(name in request.POST for name in ROW_BUTTONS):
        typed = retype_entry(member, certificate, request)
        return _page(request, member, certificate, typed, errors=errors, status=422 if errors else 200)
    entry = bind_entry(member, certificate, request)
    if not entry.is_valid():
        return _page(request, member, certificate, retype_entry(member, certificate, request))
    if entry.has_news:
        version = request.POST.get("version", "")
        try:
            save_certificate(member=member, public_id=certificate.public_id, version=version, values=entry.get_values())
        except DomainError as error:  # as above
            return _refuse(request, member, certificate, entry, error)
    return HttpResponseRedirect(_edit_url(member, certificate) + "#files")


def _go_on(request: HttpRequest, member: Member, certificate: Certificate) -> HttpResponse:
    then = request.POST["then"]
    if then == "stay":
        return HttpResponseRedirect(_edit_url(member, certificate))
    if then == "next":
        messages.success(request, _("Sent to the agency. You get a mail when an officer has looked at it."))
        return HttpResponseRedirect(_edit_url(member, certificate))
    messages.success(request, _("Saved."))
    return redirect("certificates:list", member.company.slug)


def _refuse(
    request: HttpRequest, member: Member, certificate: Certificate, entry: Entry, error: DomainError
) -> HttpResponse:
    if isinstance(error, NotFound):
        raise error
    errors: Errors = []
    if isinstance(error, CertificateIncomplete):
        for name in error.missing:
            _blame(entry, name, str(MISSING[name]), errors)
    else:
        _blame(entry, error.field or "", _say(error), errors)
    return _page(request, member, certificate, entry, errors=errors, status=error.status)


def _blame(entry: Entry, name: str, message: str, errors: Errors) -> None:
    """Beside the field that it is about, or in the summary alone."""
    if name in entry.form.fields:
        entry.form.add_error(name, message)
    else:
        errors.append((FILES_ID if name in {"file", "files"} else "", message))


def _say(error: DomainError) -> str:
    for name, value in error.values.items():
        if isinstance(value, date):
            error.values[name] = date_format(value, "j M Y")
    return explain(error)


def _act_on_files(request: HttpRequest, member: Member, certificate: Certificate) -> Errors:
    """Take the files that came along and press the button of one; each refusal with its place on the page."""
    who = {"member": member, "public_id": certificate.public_id}
    try:
        if sent := request.FILES.getlist("files"):
            add_files(**who, files=sent)  # type: ignore[arg-type]  # one mapping for all three
        verb, _colon, wanted = request.POST.get("file_action", "").partition(":")
        if verb == "again":
            send_file_again(**who, upload_id=_read_id(wanted), file=None)  # type: ignore[arg-type]
        elif verb == "remove":
            remove_file(**who, upload_id=_read_id(wanted))  # type: ignore[arg-type]
    except DomainError as error:  # shown on the page, where the typed fields stay
        return [(FILES_ID, _say(error))]
    return []


def _read_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


def _page(
    request: HttpRequest, member: Member, certificate: Certificate, entry: Entry, *, errors: Errors | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    certificate = get_own_certificate(member=member, public_id=certificate.public_id)
    today = timezone.localdate()
    context = build_context(member, certificate) | _describe_files(member, certificate)
    context |= {
        "form": entry.form, "members": entry.members, "errors": errors or [], "has_errors": status != 200,
        "version": get_version(certificate=certificate), "issuers": list_issuers(),
        "pill": name_standing(standing=get_standing_on(certificate=certificate, day=today)),
        "advice": list_advice(certificate=certificate, day=today) if certificate.edit_count else [],
        "products": list_covered_products(certificate_id=certificate.pk),
        "ruling": find_ruling(certificate=certificate, can_edit=True), "can_delete": certificate.submitted_at is None,
        "most_files": MOST_FILES, "file_types": FILE_TYPES,
    }  # fmt: skip
    return render(request, "certificates/edit.html", context, status=status)


def _describe_files(member: Member, certificate: Certificate) -> dict[str, Any]:
    found = list_files(certificate=certificate)
    is_draft = certificate.state == CertificateState.DRAFT
    args = [member.company.slug, certificate.public_id]
    return {
        "files": found, "is_waiting": any(file.state in UNFINISHED for file in found), "can_edit": member.can_edit and is_draft,
        "was_read": bool(is_draft and suggest_values(certificate=certificate)),
        "files_url": reverse("certificates:files", args=args), "page_url": reverse("certificates:edit", args=args),
    }  # fmt: skip


def _edit_url(member: Member, certificate: Certificate) -> str:
    return reverse("certificates:edit", args=[member.company.slug, certificate.public_id])
