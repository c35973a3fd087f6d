"""The seller's way in: the right place after sign-in, registration of a company, the dashboard."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from core.middleware import explain
from storefronts.forms import CompanyForm
from storefronts.selectors import build_workspace, get_dashboard, get_membership, list_memberships
from storefronts.services import open_company


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
    form = CompanyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            company = open_company(user=request.user, facts=form.get_facts())
        except DomainError as refused:
            form.add_error(refused.field, explain(refused))
            return render(request, "storefronts/open.html", {"form": form}, status=refused.status)
        messages.success(request, _("Your company is registered. Fill in the rest, then send it to the agency."))
        return redirect("storefronts:dashboard", company.slug)
    return render(request, "storefronts/open.html", {"form": form}, status=422 if form.is_bound else 200)


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
