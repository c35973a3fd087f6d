"""The seller's way in: the right place after sign-in, registration of a company, the dashboard."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from core.middleware import explain
from storefronts.choices import Role
from storefronts.forms import CompanyForm, PrivateFactsForm, make_told_initial
from storefronts.selectors import build_workspace, find_told_facts, get_dashboard, get_membership, list_memberships
from storefronts.services import open_company, tell_agency


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the dashboard of the only company, to the choice between several, or to registration."""
    memberships = list_memberships(user=request.user)
    if not memberships:
        return redirect("storefronts:open")
    return (
        redirect("storefronts:choose")
        if len(memberships) > 1
        else redirect("storefronts:dashboard", memberships[0].company.slug)
    )


@login_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which of my companies to enter."""
    return render(request, "storefronts/choose.html", {"memberships": list_memberships(user=request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def open_storefront(request: HttpRequest) -> HttpResponse:
    """Register a company; who has no account yet makes one first and comes back."""
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': request.path})}")
    form, private = CompanyForm(request.POST or None), PrivateFactsForm(request.POST or None)
    context = {"form": form, "private": private, "has_errors": form.is_bound}
    if request.method == "POST" and all([form.is_valid(), private.is_valid()]):
        try:
            company = open_company(user=request.user, facts=form.get_facts(), told=private.get_told())
        except DomainError as refused:
            form.add_error(refused.field, explain(refused))
            return render(request, "storefronts/open.html", context, status=refused.status)
        messages.success(request, _("Your company is registered. Fill in the rest, then send it to the agency."))
        return redirect("storefronts:dashboard", company.slug)
    return render(request, "storefronts/open.html", context, status=422 if form.is_bound else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def private_facts(request: HttpRequest, slug: str) -> HttpResponse:
    """What the owner told the agency alone, to read and to correct."""
    member = get_membership(user=request.user, slug=slug, roles=(Role.OWNER,))
    initial = make_told_initial(facts=find_told_facts(member=member))
    form = PrivateFactsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        tell_agency(member=member, told=form.get_told())
        messages.success(request, _("Kept. Only the agency reads it."))
        return redirect("storefronts:edit", slug)
    context = {
        "workspace": build_workspace(member=member, current="storefront"),
        "company": member.company,
        "form": form,
        "has_errors": bool(form.errors),
    }
    return render(request, "storefronts/private.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def dashboard(request: HttpRequest, slug: str) -> HttpResponse:
    """What is to be done, figures, and how far a new company has come."""
    member = get_membership(user=request.user, slug=slug)
    found = get_dashboard(member=member)
    context = {
        "workspace": build_workspace(member=member, current="dashboard", todo_count=len(found.todos)),
        "dashboard": found,
        "company": member.company,
        "can_edit": member.can_edit,
        "today": timezone.localdate(),
    }
    return render(request, "storefronts/dashboard.html", context)
