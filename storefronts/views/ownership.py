"""The company changes hands: offered on the team page, answered on a page of its own; each asks anew who is there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.adapters import require_fresh_sign_in
from core.errors import DomainError
from core.middleware import explain
from storefronts.choices import Role
from storefronts.exceptions import OfferGone
from storefronts.forms import OfferForm
from storefronts.models import Member
from storefronts.selectors import build_workspace, get_membership, get_offer
from storefronts.services import accept_ownership, decline_ownership, offer_ownership, withdraw_ownership


@login_required
@require_POST
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer the company to a colleague."""
    member = get_membership(user=request.user, slug=slug, roles=(Role.OWNER,))
    require_fresh_sign_in(request)
    form = OfferForm(request.POST, company=member.company)
    if not form.is_valid():
        messages.error(request, _("Choose the colleague who shall own the company."))
        return redirect("storefronts:team", slug)
    try:
        made = offer_ownership(member=member, member_id=form.cleaned_data["colleague"])
    except DomainError as refused:
        messages.error(request, explain(refused))
        return redirect("storefronts:team", slug)
    messages.success(request, _("Offered to %(name)s, who must accept it.") % {"name": made.offered_to})
    return redirect("storefronts:team", slug)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, offer_id: int) -> HttpResponse:
    """Take an offer back."""
    member = get_membership(user=request.user, slug=slug)
    try:
        withdraw_ownership(member=member, offer_id=offer_id)
    except OfferGone as gone:
        messages.error(request, explain(gone))
        return redirect("storefronts:team", slug)
    messages.success(request, _("The offer is taken back."))
    return redirect("storefronts:team", slug)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, offer_id: int) -> HttpResponse:
    """GET shows the offer to the one to whom it was made; POST accepts it, or with "decline" declines."""
    member = get_membership(user=request.user, slug=slug)
    try:
        found = get_offer(member=member, offer_id=offer_id)
        if request.method == "POST":
            return _answer(request, member, offer_id)
    except OfferGone as gone:
        return _show(request, member, {"gone": explain(gone)}, status=gone.status)
    return _show(request, member, {"offer": found})


def _answer(request: HttpRequest, member: Member, offer_id: int) -> HttpResponse:
    if request.POST.get("then") == "decline":
        decline_ownership(member=member, offer_id=offer_id)
        messages.success(request, _("Declined. Everything stays as it is."))
    else:
        require_fresh_sign_in(request)
        accept_ownership(member=member, offer_id=offer_id)
        messages.success(request, _("You are the owner of %(company)s now.") % {"company": member.company})
    return redirect("storefronts:team", member.company.slug)


def _show(request: HttpRequest, member: Member, found: dict[str, object], *, status: int = 200) -> HttpResponse:
    context = {"workspace": build_workspace(member=member, current="team"), "company": member.company, **found}
    return render(request, "storefronts/ownership.html", context, status=status)
