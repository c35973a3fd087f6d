"""Officers bring in rate cards, see what a version changes, and publish it."""

from typing import Any

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from core.errors import DomainError, NotAllowed
from core.middleware import explain
from shipping.exceptions import VersionGone
from shipping.forms.cards import CardFileForm
from shipping.rules.cardfile.table import SHEETS
from shipping.selectors.card_plans import describe_card, describe_problem, get_version, list_versions
from shipping.services.cards import discard_version, import_card, publish_version

PER_PAGE, MOST_FAULTS = 25, 500


@never_cache
@require_safe
def list_cards(request: HttpRequest) -> HttpResponse:
    """Every version of every tariff, those of one tariff together."""
    page = Paginator(list_versions(user=request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "shipping/officer/cards.html", {**admin.site.each_context(request), "page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in_card(request: HttpRequest) -> HttpResponse:
    """GET asks for the file; POST tries it, or writes it as a draft where it has no fault."""
    if request.method != "POST":
        return _show_import(request, CardFileForm())
    form = CardFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show_import(request, form, status=422)
    file = form.cleaned_data["file"]
    content, name = file.read(), str(file.name)
    try:
        tried = import_card(user=_officer(request), content=content, file_name=name, dry_run=True)
        if tried.plan.problems or request.POST.get("then") != "import":
            return _show_import(request, CardFileForm(), plan=tried.plan, status=422 if tried.plan.problems else 200)
        version = import_card(user=_officer(request), content=content, file_name=name).version
    except DomainError as refused:
        form.add_error("file", explain(refused))
        return _show_import(request, form, status=refused.status)
    messages.success(request, _("The card is a draft. Look through it and publish it."))
    return redirect("admin:rate_card", version.pk if version else 0)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, version_id: int) -> HttpResponse:
    """GET shows a version and what it changes; POST publishes a draft or throws it away."""
    if request.method == "POST":
        return _decide(request, version_id)
    version = get_version(user=request.user, pk=version_id)
    context = {**admin.site.each_context(request), "version": version, "about": describe_card(version=version)}
    return render(request, "shipping/officer/card.html", context)


def _decide(request: HttpRequest, version_id: int) -> HttpResponse:
    is_discarded = request.POST.get("then") == "discard"
    act, done = (
        (discard_version, _("The draft is gone."))
        if is_discarded
        else (publish_version, _("Published: the card prices loads from now on."))
    )
    try:
        act(officer=_officer(request), version_id=version_id)
    except (NotAllowed, VersionGone):
        raise
    except DomainError as refused:
        messages.error(request, explain(refused))
        return redirect("admin:rate_card", version_id)
    messages.success(request, done)
    return redirect("admin:rate_cards") if is_discarded else redirect("admin:rate_card", version_id)


def _officer(request: HttpRequest) -> User:
    officer = request.user
    assert isinstance(officer, User)  # noqa: S101  admin_view lets nobody else in
    return officer


def _show_import(request: HttpRequest, form: CardFileForm, *, plan: Any = None, status: int = 200) -> HttpResponse:
    context = {
        **admin.site.each_context(request), "form": form, "plan": plan, "has_errors": status >= 400,
        "problems": [describe_problem(problem=one) for one in plan.problems[:MOST_FAULTS]] if plan else [],
        "warnings": [describe_problem(problem=one) for one in plan.warnings[:MOST_FAULTS]] if plan else [],
        "sheets": [(name, ", ".join(columns)) for name, columns in SHEETS.items()],
    }  # fmt: skip
    return render(request, "shipping/officer/import.html", context, status=status)
