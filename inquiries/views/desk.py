"""The exporter's desk: the inbox, the absence, templates."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from core.middleware import explain
from inquiries.forms.desk import AbsenceForm, TemplateForm
from inquiries.selectors.inbox import (
    SHOWN,
    count_inbox,
    describe_rows,
    find_absence,
    get_reply_template,
    list_inbox,
    list_reply_templates,
)
from inquiries.services.desk import delete_reply_template, end_absence, save_reply_template, tell_absence
from storefronts.choices import Role
from storefronts.models import Member
from storefronts.selectors import build_workspace, get_membership

PAGE_SIZE = 25
WRITERS = (Role.OWNER, Role.EDITOR)


@login_required
@never_cache
@require_safe
def inbox(request: HttpRequest, company: str) -> HttpResponse:
    """Who waits longest stands on top."""
    return _show_inbox(request, get_membership(user=request.user, slug=company), AbsenceForm())


@login_required
@never_cache
@require_POST
def absence(request: HttpRequest, company: str) -> HttpResponse:
    """Say until when the company is away, or that it is back."""
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    if request.POST.get("act") == "end":
        end_absence(member=member)
        messages.success(request, _("Welcome back. The time for answers runs again."))
        return redirect("inquiries:inbox", company)
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        return _show_inbox(request, member, form, status=422)
    try:
        told = tell_absence(member=member, back_on=form.cleaned_data["back_on"])
    except DomainError as refused:
        form.add_error(refused.field, explain(refused))
        return _show_inbox(request, member, form, status=refused.status)
    day = date_format(told.back_on, "j M Y")
    messages.success(
        request, _("Buyers read that you are back on %(day)s. Until then no answer is due.") % {"day": day}
    )
    return redirect("inquiries:inbox", company)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: HttpRequest, company: str) -> HttpResponse:
    """Words for another time: the list, and a form for a new one."""
    if request.method != "POST":
        return _show_templates(request, get_membership(user=request.user, slug=company), TemplateForm())
    return _save(request, company, None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, company: str, template_id: int) -> HttpResponse:
    """Change one template."""
    if request.method == "POST":
        return _save(request, company, template_id)
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    found = get_reply_template(company=member.company, template_id=template_id)
    return _show_templates(
        request, member, TemplateForm(initial={"name": found.name, "text": found.text}), changed=found
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete_template(request: HttpRequest, company: str, template_id: int) -> HttpResponse:
    """Ask once, then forget the template."""
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    if request.method == "POST":
        delete_reply_template(member=member, template_id=template_id)
        messages.success(request, _("The template is deleted."))
        return redirect("inquiries:templates", company)
    found = get_reply_template(company=member.company, template_id=template_id)
    context = {"workspace": build_workspace(member=member, current="inquiries"), "template": found}
    return render(request, "inquiries/template_delete.html", context)


def _save(request: HttpRequest, company: str, template_id: int | None) -> HttpResponse:
    member = get_membership(user=request.user, slug=company, roles=WRITERS)
    changed = get_reply_template(company=member.company, template_id=template_id) if template_id else None
    form = TemplateForm(request.POST)
    if not form.is_valid():
        return _show_templates(request, member, form, changed=changed, status=422)
    try:
        save_reply_template(member=member, template_id=template_id, **form.cleaned_data)
    except DomainError as refused:
        form.add_error(refused.field, explain(refused))
        return _show_templates(request, member, form, changed=changed, status=refused.status)
    messages.success(request, _("The template is saved."))
    return redirect("inquiries:templates", company)


def _show_inbox(request: HttpRequest, member: Member, form: AbsenceForm, *, status: int = 200) -> HttpResponse:
    show = request.GET.get("show", "")
    page = Paginator(list_inbox(member=member, show=show), PAGE_SIZE).get_page(request.GET.get("page"))
    counts, today = count_inbox(member=member), timezone.localdate()
    context = {
        "workspace": build_workspace(member=member, current="inquiries"), "company": member.company, "page": page,
        "rows": describe_rows(inquiries=list(page.object_list)), "filters": _list_filters(counts, show), "show": show,
        "has_any": bool(counts["all"]), "can_edit": member.can_edit, "absence": find_absence(company=member.company, today=today),
        "form": form, "has_errors": status != 200,
    }  # fmt: skip
    return render(request, "inquiries/inbox.html", context, status=status)


def _show_templates(
    request: HttpRequest, member: Member, form: TemplateForm, *, changed: Any = None, status: int = 200
) -> HttpResponse:
    context = {
        "workspace": build_workspace(member=member, current="inquiries"), "company": member.company, "can_edit": member.can_edit,
        "templates": list_reply_templates(company=member.company), "form": form, "changed": changed,
    }  # fmt: skip
    return render(request, "inquiries/templates.html", context, status=status)


def _list_filters(counts: dict[str, int], show: str) -> list[dict[str, object]]:
    labels = {
        "waiting": _("Waiting for you"), "mine": _("Given to me"), "answered": _("Answered"), "declined": _("Declined"), "all": _("All"),
    }  # fmt: skip
    current = show if show in SHOWN else SHOWN[0]
    return [
        {"key": "" if name == SHOWN[0] else name, "label": label, "count": counts[name], "current": name == current}
        for name, label in labels.items()
    ]
