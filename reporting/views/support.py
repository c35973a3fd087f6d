"""Acts of support with one firm: the list, the form for another, and striking one out."""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import DomainError, NotFound
from core.middleware import explain
from reporting.forms import SupportForm, VoidForm
from reporting.models import SupportAct
from reporting.selectors.support import get_act, get_firm, list_acts
from reporting.services import log_support, void_support
from reporting.views.officer import find_way_back, get_officer
from storefronts.models import Company

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def firm_support(request: HttpRequest, company_id: int) -> HttpResponse:
    """GET lists what was done for a firm; POST logs another act and goes back to the page that it was sent from."""
    officer = get_officer(request)
    company = get_firm(officer=officer, company_id=company_id)
    form = SupportForm(request.POST or None)
    if request.method != "POST":
        return _show_firm(request, company, form)
    if not form.is_valid():
        return _show_firm(request, company, form, status=422)
    try:
        act = log_support(officer=officer, company_id=company_id, facts=form.facts)
    except NotFound:
        raise
    except DomainError as refused:
        form.add_error(refused.field, explain(refused))
        return _show_firm(request, company, form, status=refused.status)
    messages.success(request, _("Logged for %(firm)s: %(act)s.") % {"firm": company, "act": act})
    back = find_way_back(request)
    return redirect(back) if back else redirect("admin:reporting_support", company_id)


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, act_id: int) -> HttpResponse:
    """GET asks why; POST strikes the act out."""
    officer = get_officer(request)
    act = get_act(officer=officer, act_id=act_id)
    form = VoidForm(request.POST or None)
    if request.method != "POST":
        return _show_void(request, act, form)
    if not form.is_valid():
        return _show_void(request, act, form, status=422)
    try:
        void_support(officer=officer, act_id=act_id, reason=form.cleaned_data["reason"])
    except NotFound:
        raise
    except DomainError as refused:
        form.add_error(refused.field, explain(refused))
        return _show_void(request, get_act(officer=officer, act_id=act_id), form, status=refused.status)
    messages.success(request, _("Struck out. It no longer counts."))
    return redirect("admin:reporting_support", act.company_id)


def _show_firm(request: HttpRequest, company: Company, form: SupportForm, *, status: int = 200) -> HttpResponse:
    acts = list_acts(officer=get_officer(request), company=company)
    context = {
        **admin.site.each_context(request), "company": company, "form": form, "back": find_way_back(request),
        "page": Paginator(acts, PER_PAGE).get_page(request.GET.get("page")), "has_errors": status >= 400,
    }  # fmt: skip
    return render(request, "reporting/support.html", context, status=status)


def _show_void(request: HttpRequest, act: SupportAct, form: VoidForm, *, status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), "act": act, "form": form, "has_errors": status >= 400}
    return render(request, "reporting/void.html", context, status=status)
