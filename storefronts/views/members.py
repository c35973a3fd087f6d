"""Officers bring in the agency's members and invite them; a firm takes over what was entered."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import DomainError
from core.middleware import explain
from core.structured import make_absolute
from storefronts.adapters.member_files import COLUMNS, MemberRow, read_member_file, write_member_rows
from storefronts.exceptions import AlreadyConfirmed
from storefronts.forms import ClaimForm, MemberFileForm
from storefronts.selectors.members_import import ImportPlan, list_unconfirmed, plan_members
from storefronts.services.agency import draft_for_firm
from storefronts.services.members import claim_company, find_claim, import_members, invite_firms, make_claim_codes

MOST_SHOWN = 500


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """GET asks for the list; POST tries it, or writes what was tried."""
    if request.method != "POST":
        return _show_import(request, MemberFileForm())
    is_final = request.POST.get("then") == "import"
    form = MemberFileForm(None if is_final else request.POST, None if is_final else request.FILES)
    if not is_final and not form.is_valid():
        return _show_import(request, form, status=422)
    content = request.POST.get("rows", "").encode() if is_final else form.cleaned_data["file"].read()
    try:
        rows = read_member_file(content)
        if not is_final:
            return _show_import(request, MemberFileForm(), rows=rows, plan=plan_members(rows=rows))
        done = import_members(officer=_officer(request), rows=rows)
    except DomainError as refused:
        again = MemberFileForm({})
        again.is_valid()
        again.errors.clear()
        again.add_error(None if is_final else "file", explain(refused))
        return _show_import(request, again, status=refused.status)
    words = ngettext("One firm was entered.", "%(number)s firms were entered.", done.added)
    messages.success(request, words % {"number": done.added})
    return redirect("admin:members_unconfirmed")


@require_http_methods(["GET", "HEAD", "POST"])
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """GET lists the firms that nobody has taken over; POST mails invitations to the chosen, makes codes to print, or lets the officer draft."""
    if request.method == "POST":
        if "draft" in request.POST:
            return _begin_drafting(request)
        chosen = [int(pk) for pk in request.POST.getlist("firm") if pk.isascii() and pk.isdigit() and len(pk) < 19]
        if request.POST.get("then") == "print":
            letters = make_claim_codes(officer=_officer(request), company_ids=chosen)
            if letters:
                return render(
                    request,
                    "storefronts/officer/letters.html",
                    {"letters": letters, "claim_url": make_absolute(reverse("storefronts:claim"))},
                )
            messages.error(request, _("Choose at least one firm."))
            return redirect("admin:members_unconfirmed")
        sent = invite_firms(officer=_officer(request), company_ids=chosen, language=get_language() or "en")
        words = ngettext("One invitation leaves.", "%(number)s invitations leave.", sent)
        messages.success(request, words % {"number": sent})
        return redirect("admin:members_unconfirmed")
    firms = list(list_unconfirmed()[:MOST_SHOWN])
    return render(request, "storefronts/officer/unconfirmed.html", {**admin.site.each_context(request), "firms": firms})


def _begin_drafting(request: HttpRequest) -> HttpResponse:
    wanted = request.POST["draft"]
    try:
        seat = draft_for_firm(
            officer=_officer(request),
            company_id=int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0,
        )
    except AlreadyConfirmed as refused:
        messages.error(request, explain(refused))
        return redirect("admin:members_unconfirmed")
    return redirect("storefronts:dashboard", seat.company.slug)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """GET asks for the code of the letter; POST shows the firm, and with "confirm" hands it over."""
    form = ClaimForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        user = request.user
        assert isinstance(user, User)  # noqa: S101  login_required
        try:
            if "confirm" in request.POST:
                member = claim_company(user=user, code=form.cleaned_data["code"])
                messages.success(request, _("Welcome to %(company)s.") % {"company": member.company})
                return redirect("storefronts:dashboard", member.company.slug)
            found = find_claim(user=user, code=form.cleaned_data["code"])
        except DomainError as refused:
            form.add_error("code" if refused.field == "code" else None, explain(refused))
            return render(request, "storefronts/claim.html", {"form": form, "has_errors": True}, status=refused.status)
    context = {"form": form, "claim": found, "has_errors": bool(form.errors)}
    return render(request, "storefronts/claim.html", context, status=422 if form.errors else 200)


def _officer(request: HttpRequest) -> User:
    officer = request.user
    assert isinstance(officer, User)  # noqa: S101  admin_view lets nobody else in
    return officer


def _show_import(
    request: HttpRequest,
    form: MemberFileForm,
    *,
    rows: Sequence[MemberRow] = (),
    plan: ImportPlan | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **admin.site.each_context(request), "form": form, "plan": plan, "columns": ", ".join(COLUMNS), "has_errors": status >= 400,
        "rows_text": write_member_rows(list(rows)) if plan and not plan.faulty else "",
    }  # fmt: skip
    return render(request, "storefronts/officer/import.html", context, status=status)
