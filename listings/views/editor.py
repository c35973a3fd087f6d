"""The editor: one page for each of five steps, and some beside them; plain forms first, autosave on top."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.errors import DomainError, NotFound, StaleEdit
from core.middleware import explain
from listings.choices import ListingState, RevisionState
from listings.exceptions import ListingBlocked, ListingIncomplete
from listings.forms.basics import BasicsForm
from listings.forms.theirs import list_theirs
from listings.models import Listing, ListingRevision
from listings.rules.completeness import PAGES
from listings.rules.states import make_version
from listings.selectors.cards import build_card
from listings.selectors.changes import judge_revision, list_change_rows
from listings.selectors.drafts import CASE_KIND, Draft, get_draft, list_given, list_missing
from listings.selectors.editor import (
    UNFINISHED,
    find_next_fact,
    get_next_step,
    list_checklist,
    list_more_pages,
    list_review_rows,
    list_shots,
    list_steps,
    name_pages,
)
from listings.selectors.lint import list_lint_notes
from listings.selectors.presence import list_others
from listings.selectors.price_dates import find_price_state
from listings.services.drafts import create_listing
from listings.services.pictures import MOST_PICTURES
from listings.services.submission import submit_revision, withdraw_revision
from listings.views.documents import act_on_documents, asks_for_documents
from listings.views.pictures import act_on_pictures, asks_for_pictures
from listings.views.steps import FORMS, Entry, Posted, StepForms, asks_for_rows
from moderation.selectors import find_appeal_address, find_open_appeal, find_report_appeal_address
from storefronts.choices import Role
from storefronts.models import Member
from storefronts.selectors import build_workspace, get_membership

WRITERS = (Role.OWNER, Role.EDITOR)
NAV_KEY = "products"
FILES = {"pictures": (asks_for_pictures, act_on_pictures), "documents": (asks_for_documents, act_on_documents)}
"""Pages that take files: whether a request brings some, and what then happens."""


def find_member(request: HttpRequest, company: str) -> Member:
    """Who is asking: any member may look, owners and editors may send."""
    return get_membership(user=request.user, slug=company, roles=() if request.method in {"GET", "HEAD"} else WRITERS)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, company: str) -> HttpResponse:
    """The first step of a product that does not exist yet; nothing is written before it has a name."""
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    form = BasicsForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        listing = create_listing(member=member, values=form.cleaned_data)
        if request.POST.get("then") == "leave":
            return redirect("products:list", company)
        return redirect("products:edit", company, listing.pk, "pictures")
    steps = list_steps(company_slug=company, listing_id=None, current="basics", given=frozenset())
    context = {
        "workspace": build_workspace(member=member, current=NAV_KEY), "form": form, "steps": steps, "can_edit": True,
        "crumbs": [{"label": _("Products"), "url": reverse("products:list", args=[company])}, {"label": _("New product")}],
    }  # fmt: skip
    return render(request, "listings/new.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, company: str, pk: int, step: str) -> HttpResponse:
    """One step of the editor."""
    member = find_member(request, company)
    if step not in PAGES:
        raise NotFound
    draft = get_draft(member=member, listing_id=pk)
    if step == "review":
        return _review(request, member, draft)
    forms = FORMS[step]
    if request.method == "POST":
        return _save(request, member, draft, step, forms)
    return _page(request, member, draft, step, forms.open(draft.revision, request.GET))


@login_required
@never_cache
@require_GET
def shots(request: HttpRequest, company: str, pk: int) -> HttpResponse:
    """The pictures with their states alone, for the page that watches them."""
    member = find_member(request, company)
    draft = get_draft(member=member, listing_id=pk)
    return render(request, "listings/shots.html", _picture_context(draft, can_edit=_can_edit(member, draft)))


def _save(request: HttpRequest, member: Member, draft: Draft, step: str, forms: StepForms) -> HttpResponse:
    version = request.POST.get("version", "")
    errors: list[tuple[str, str]] = []
    asks, act = FILES.get(step, (_asks_for_nothing, act_on_pictures))
    touched = asks(request)
    if touched:
        errors, version = act(request, member, draft.listing.pk, version)
        draft = get_draft(member=member, listing_id=draft.listing.pk)
    posted = Posted(member, draft.revision, request.POST, version)
    if asks_for_rows(request.POST):
        return _page(
            request,
            member,
            draft,
            step,
            forms.retype(posted),
            errors=errors,
            more={"version": version, "is_unsaved": True},
        )
    entry = forms.bind(posted)
    if not entry.is_valid() or errors:
        shown = forms.retype(posted) if touched else entry
        return _refuse(request, member, draft, step, shown, errors=errors, judged=not touched, version=version)
    try:
        revision = forms.save(entry, posted)
    except DomainError as error:  # another tab, a colleague or an officer was first: what was typed stays on the page
        return _explain_conflict(request, member, draft.listing.pk, step, entry, error)
    if "X-Autosave" in request.headers:
        return JsonResponse({"state": "saved"}, headers={"X-Version": _version(revision)})
    return _go_on(request, member, draft.listing.pk, step, stay=touched)


def _asks_for_nothing(_request: HttpRequest) -> bool:
    return False


def _refuse(
    request: HttpRequest,
    member: Member,
    draft: Draft,
    step: str,
    entry: Entry,
    *,
    errors: list[tuple[str, str]],
    judged: bool,
    version: str,
) -> HttpResponse:
    """What was typed stays on the page, and so does what it is based on: a colleague's save meanwhile is met by the next one."""
    if "X-Autosave" in request.headers:
        return JsonResponse({"state": "invalid"}, status=422)
    status = 422 if judged or errors else 200
    return _page(request, member, draft, step, entry, errors=errors, status=status, more={"version": version})


def _explain_conflict(
    request: HttpRequest, member: Member, listing_id: int, step: str, entry: Entry, error: DomainError
) -> HttpResponse:
    if "X-Autosave" in request.headers:
        return JsonResponse({"state": "conflict", "message": explain(error)}, status=error.status)
    draft = get_draft(member=member, listing_id=listing_id)
    more: dict[str, Any] = {}
    if isinstance(error, StaleEdit):
        saved_by = draft.revision.updated_by if draft.revision.updated_by != member.user else None
        more = {
            "is_stale": True,
            "saved_by": saved_by,
            "theirs": list_theirs(typed=entry, stored=FORMS[step].read(draft.revision)),
        }
    return _page(request, member, draft, step, entry, errors=[("", explain(error))], status=error.status, more=more)


def _go_on(request: HttpRequest, member: Member, listing_id: int, step: str, *, stay: bool) -> HttpResponseRedirect:
    slug = member.company.slug
    then = request.POST.get("then", "stay")
    if stay or then == "stay":
        address = reverse("products:edit", args=[slug, listing_id, step])
        return HttpResponseRedirect(address + (f"#{step}" if stay else ""))
    if then == "leave":
        messages.success(request, _("Saved."))
        return redirect("products:list", slug)
    return redirect("products:edit", slug, listing_id, get_next_step(step=step))


def _review(request: HttpRequest, member: Member, draft: Draft) -> HttpResponse:
    errors: list[tuple[str, str]] = []
    status = 200
    if request.method == "POST":
        try:
            return _send_or_withdraw(request, member, draft)
        except DomainError as error:
            errors, status = _list_submission_errors(error), error.status
            draft = get_draft(member=member, listing_id=draft.listing.pk)
    context = _context(request, member, draft, "review", errors)
    verdict = judge_revision(revision=draft.revision) if draft.is_open else None
    context |= {
        "change_rows": list_change_rows(verdict=verdict) if verdict else [],
        "verdict": verdict,
        "rows": list_review_rows(draft=draft, language=get_language() or "en"),
        "lint_notes": list_lint_notes(revision=draft.revision, language=get_language() or "en"),
        "needs_picture": "picture" in list_missing(revision=draft.revision),
        "can_submit": _can_edit(member, draft) and draft.is_open,
        "description": draft.revision.description,
        "shots": list_shots(revision=draft.revision),
    }
    return render(request, "listings/review.html", context, status=status)


def _send_or_withdraw(request: HttpRequest, member: Member, draft: Draft) -> HttpResponseRedirect:
    slug, listing_id = member.company.slug, draft.listing.pk
    if request.POST.get("act") == "withdraw":
        withdraw_revision(member=member, listing_id=listing_id)
        messages.success(request, _("Taken back. Change what you like, then send it again."))
        return redirect("products:edit", slug, listing_id, "basics")
    sent = submit_revision(member=member, listing_id=listing_id)
    at_once, later = (
        _("Published: buyers see it now."),
        _("Sent to the agency. You get a mail when an officer has decided."),
    )
    messages.success(request, at_once if sent.state == RevisionState.APPROVED else later)
    return redirect("products:list", slug)


def _list_submission_errors(error: DomainError) -> list[tuple[str, str]]:
    if isinstance(error, ListingBlocked):
        return [(f"missing-rule-{key}", _("A rule of the agency: %(rule)s") % {"rule": key}) for key in error.keys]
    if not isinstance(error, ListingIncomplete):
        return [("", explain(error))]
    words = {
        "title": _("Give the product a name."), "picture": _("Add one picture that can be shown."), "category": _("Choose a category."),
        "unit": _("Say what it is sold by."), "origin": _("Choose the country of origin."),
    }  # fmt: skip
    return [(f"missing-{key}", words[key]) for key in error.missing]


def _page(
    request: HttpRequest,
    member: Member,
    draft: Draft,
    step: str,
    entry: Entry,
    *,
    errors: list[tuple[str, str]] | None = None,
    status: int = 0,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = _context(request, member, draft, step, errors or []) | dict(FORMS[step].context(entry)) | (more or {})
    if step == "pictures":
        context |= _picture_context(draft, can_edit=context["can_edit"])
        context["price_state"] = find_price_state(listing=draft.listing, member=member)
    judged = status in {409, 422} and not errors
    context["has_errors"] = bool(errors) or judged
    return render(request, f"listings/{step}.html", context, status=status or (422 if errors else 200))


def _context(
    request: HttpRequest, member: Member, draft: Draft, step: str, errors: list[tuple[str, str]]
) -> dict[str, Any]:
    slug, listing, revision = member.company.slug, draft.listing, draft.revision
    facts = list_checklist(draft=draft)
    following = get_next_step(step=step)
    return {
        "workspace": build_workspace(member=member, current=NAV_KEY), "listing": listing, "revision": revision, "draft": draft,
        "appeal_url": find_appeal_address(decision=draft.decision) if member.can_edit else "",
        "by_agency": bool(revision.updated_by and revision.updated_by.is_officer and not member.is_agency and draft.is_open),
        "suspension_url": _find_suspension_url(member, listing),
        "appeal": find_open_appeal(kind=CASE_KIND, subject_id=listing.pk) if draft.is_in_review else None,
        "step": step, "step_name": name_pages()[step], "next_step_name": name_pages()[following],
        "more_pages": list_more_pages(draft=draft, current=step), "next_fact": find_next_fact(draft=draft), "can_edit": _can_edit(member, draft),
        "may_write": member.can_edit, "errors": errors, "has_errors": bool(errors), "version": _version(revision),
        "steps": list_steps(company_slug=slug, listing_id=listing.pk, current=step, given=list_given(revision=revision)),
        "crumbs": [{"label": _("Products"), "url": reverse("products:list", args=[slug])}, {"label": revision.title or _("No name yet")}],
        "card": build_card(listing=listing, revision=revision, user=AnonymousUser(), language=get_language() or "en"),
        "facts": facts, "facts_given": sum(bool(fact["done"]) for fact in facts), "facts_total": len(facts),
        "saved_at": _("Saved %(time)s") % {"time": time_format(localtime(revision.updated_at), "H:i")},
        "page_url": reverse("products:edit", args=[slug, listing.pk, step]),
        "presence_url": reverse("products:presence", args=[slug, listing.pk]), "others": list_others(member=member, listing_id=listing.pk),
        "review_url": reverse("products:edit", args=[slug, listing.pk, "review"]),
        "shows_revision": revision.pk != listing.live_revision_id,
        "shows_revision_pill": revision.pk != listing.live_revision_id and str(revision.state) != str(listing.state),
    }  # fmt: skip


def _find_suspension_url(member: Member, listing: Listing) -> str:
    if listing.state != ListingState.SUSPENDED or not member.can_edit:
        return ""
    return find_report_appeal_address(kind="product", subject_id=listing.pk)


def _picture_context(draft: Draft, *, can_edit: bool) -> dict[str, Any]:
    found = list_shots(revision=draft.revision)
    return {
        "shots": found, "most_pictures": MOST_PICTURES, "can_edit": can_edit,
        "is_waiting": any(shot.state in UNFINISHED for shot in found),
        "shots_url": reverse("products:shots", args=[draft.listing.company.slug, draft.listing.pk]),
    }  # fmt: skip


def _can_edit(member: Member, draft: Draft) -> bool:
    return (
        member.can_edit
        and draft.revision.state != RevisionState.IN_REVIEW
        and draft.listing.state != ListingState.ARCHIVED
    )


def _version(revision: ListingRevision) -> str:
    return make_version(revision.pk, revision.edit_count)
