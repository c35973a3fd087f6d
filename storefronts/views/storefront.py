"""The company's own storefront: written in one form, sent to the agency, taken back; its pictures watched until they are ready."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError, StaleEdit
from core.middleware import explain
from storefronts.choices import Role
from storefronts.exceptions import CompanyIncomplete
from storefronts.forms import BaseSiteFormSet, SiteFormSet, StorefrontForm, list_files, make_initial, make_initial_sites
from storefronts.models import Member
from storefronts.selectors import build_workspace, get_editor, get_membership, get_version
from storefronts.services import (
    remove_company_picture,
    resend_company_picture,
    save_storefront,
    send_storefront,
    set_company_picture,
    withdraw_company_submission,
)

EDITORS = (Role.OWNER, Role.EDITOR)
MISSING = {
    "legal_name": gettext_lazy("Give the legal name of your company."),
    "kind": gettext_lazy("Choose what your company does."),
    "country": gettext_lazy("Choose the country of your company."),
    "city": gettext_lazy("Say in which town you are."),
    "story": gettext_lazy("Write a few sentences about your company."),
    "registration_number": gettext_lazy("Give the registration number, or say why there is none."),
    "channels": gettext_lazy("Give one way to reach you: phone, WhatsApp, e-mail or website."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The storefront's form; viewers, and everybody while an officer reads it, see its facts instead."""
    if request.method == "POST":
        return _save(request, get_membership(user=request.user, slug=slug, roles=EDITORS))
    member = get_membership(user=request.user, slug=slug)
    editor = get_editor(member=member)
    version = get_version(company=member.company)
    form = StorefrontForm(initial=make_initial(company=member.company, facts=editor.facts, version=version))
    sites = SiteFormSet(initial=make_initial_sites(company=member.company), prefix="sites")
    return _show(request, member, form, sites)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the facts back from the agency."""
    withdraw_company_submission(member=get_membership(user=request.user, slug=slug, roles=EDITORS))
    messages.success(request, _("Taken back. Change what you need, then send it again."))
    return redirect("storefronts:edit", slug)


@login_required
@require_safe
def pictures(request: HttpRequest, slug: str) -> HttpResponse:
    """The part of the form that shows how far logo and cover are."""
    member = get_membership(user=request.user, slug=slug)
    return render(
        request, "storefronts/parts/pictures.html", {"editor": get_editor(member=member), "company": member.company}
    )


def _save(request: HttpRequest, member: Member) -> HttpResponse:
    typed = request.POST.copy()
    form = StorefrontForm(typed, request.FILES)
    sites = SiteFormSet(request.POST, initial=make_initial_sites(company=member.company), prefix="sites")
    valid = form.is_valid() and sites.is_valid()
    status = _change_pictures(request, member, form)
    if not valid or status != 200:
        return _show(request, member, form, sites, status=422 if status == 200 else status)
    sends = request.POST.get("then") == "send"
    save = send_storefront if sends else save_storefront
    try:
        save(
            member=member,
            version=form.cleaned_data["version"],
            facts=form.get_facts(),
            sites=sites.get_sites(),
            channels=form.get_channels(),
        )
    except DomainError as refused:
        _blame(form, refused)
        if isinstance(refused, StaleEdit):
            typed["version"] = get_version(company=member.company)
        return _show(request, member, form, sites, status=refused.status)
    messages.success(request, _("Sent to the agency. You get a mail when it is checked.") if sends else _("Saved."))
    then = request.POST.get("then")
    return redirect("storefronts:dashboard" if then in {"leave", "send"} else "storefronts:edit", member.company.slug)


def _change_pictures(request: HttpRequest, member: Member, form: StorefrontForm) -> int:
    """Pictures that came along are kept whatever the words of the form are like; the status that a refusal calls for."""
    verb, _colon, place = request.POST.get("picture_action", "").partition(":")
    status = 200
    files = dict(list_files(form))
    try:
        if verb == "remove":
            remove_company_picture(member=member, place=place)
        elif verb == "again":
            resend_company_picture(member=member, place=place, file=files.pop(place, None))
    except DomainError as refused:
        form.add_error(place if place in form.fields else None, explain(refused))
        status = refused.status
    for name, file in files.items():
        try:
            set_company_picture(member=member, place=name, file=file)
        except DomainError as refused:
            form.add_error(name, explain(refused))
            status = refused.status
    return status


def _blame(form: StorefrontForm, refused: DomainError) -> None:
    if not isinstance(refused, CompanyIncomplete):
        form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
        return
    for name in refused.missing:
        form.add_error("phone" if name == "channels" else name, MISSING[name])


def _show(
    request: HttpRequest, member: Member, form: StorefrontForm, sites: BaseSiteFormSet, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "workspace": build_workspace(member=member, current="storefront"),
        "company": member.company,
        "editor": get_editor(member=member),
        "can_tell_agency": member.role == Role.OWNER,
        "form": form,
        "sites": sites,
        "has_errors": status != 200,
    }
    return render(request, "storefronts/edit.html", context, status=status)
