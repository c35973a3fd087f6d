"""Where buyers pay: the owner's page, which asks for the second factor, and the officers' calls."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.adapters import find_second_factor_proof, has_second_factor
from core.errors import DomainError, NotAllowed, NotFound
from core.middleware import explain
from storefronts.choices import CompanyState, Role
from storefronts.exceptions import OwnPaymentChange, SecondFactorNeeded
from storefronts.forms import CallForm, PaymentForm
from storefronts.models import Member
from storefronts.rules import PROOF_LASTS, PaymentFacts
from storefronts.selectors import build_workspace, get_membership
from storefronts.selectors.payment import (
    get_payment_page,
    get_waiting_change,
    list_numbers_to_call,
    list_waiting_changes,
)
from storefronts.services.payment import ask_payment_change, cancel_payment_change, note_call, refuse_payment_change


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """Which account buyers pay to, masked, and the form for another one. Owners only."""
    member = get_membership(user=request.user, slug=slug, roles=(Role.OWNER,))
    if request.method != "POST":
        return _show(request, member, PaymentForm(initial={"holder": member.company.legal_name}))
    form = PaymentForm(request.POST)
    if not form.is_valid():
        return _show(request, member, form, status=422)
    try:
        facts = PaymentFacts(**form.cleaned_data)
        ask_payment_change(member=member, facts=facts, proof=find_second_factor_proof(request))
    except NotAllowed:
        raise
    except DomainError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
        return _show(request, member, form, status=refused.status)
    messages.success(
        request, _("Asked for. All owners are mailed; the agency calls you on a number that it knows already.")
    )
    return redirect("storefronts:payment", slug)


@login_required
@require_POST
def cancel(request: HttpRequest, slug: str, details_id: int) -> HttpResponse:
    """Take a change back while it waits."""
    member = get_membership(user=request.user, slug=slug, roles=(Role.OWNER,))
    try:
        cancel_payment_change(member=member, details_id=details_id)
    except (NotFound, NotAllowed):
        raise
    except DomainError as refused:
        messages.error(request, explain(refused))
        return redirect("storefronts:payment", slug)
    messages.success(request, _("Taken back. Nothing changes for your buyers."))
    return redirect("storefronts:payment", slug)


@never_cache
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The changes that wait for a call, the oldest first."""
    context = {**admin.site.each_context(request), "changes": list_waiting_changes(officer=request.user)}
    return render(request, "storefronts/officer/payment_changes.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, details_id: int) -> HttpResponse:
    """Call the firm on a number of before, and write down what was said; or refuse."""
    found = get_waiting_change(officer=request.user, details_id=details_id)
    form = CallForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request.user, details_id, form.cleaned_data)
        except (NotFound, OwnPaymentChange):
            raise
        except DomainError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, explain(refused))
            status = refused.status
        else:
            messages.success(request, _("Written down. The owners see it."))
            return redirect("admin:payment_changes")
    context = {
        **admin.site.each_context(request), "change": found, "form": form, "numbers": list_numbers_to_call(details=found),
    }  # fmt: skip
    return render(request, "storefronts/officer/payment_change.html", context, status=status)


def _decide(officer: Any, details_id: int, said: dict[str, str]) -> None:
    if said["reason"].strip():
        refuse_payment_change(officer=officer, details_id=details_id, reason=said["reason"])
    else:
        note_call(officer=officer, details_id=details_id, number=said["number"], note=said["note"])


def _show(request: HttpRequest, member: Member, form: PaymentForm, *, status: int = 200) -> HttpResponse:
    proof = find_second_factor_proof(request)
    here = reverse("storefronts:payment", args=[member.company.slug])
    context = {
        "workspace": build_workspace(member=member, current="payment"), "company": member.company, "form": form,
        "page": get_payment_page(member=member), "is_verified": member.company.state == CompanyState.VERIFIED,
        "has_second_factor": has_second_factor(request.user), "is_proved": proof is not None and timezone.now() - proof.at <= PROOF_LASTS,
        "prove_url": f"{reverse('mfa_reauthenticate')}?{urlencode({'next': here})}",
        "needs_proof": any(error == explain(SecondFactorNeeded()) for error in form.non_field_errors()) if form.is_bound else False,
    }  # fmt: skip
    return render(request, "storefronts/payment.html", context, status=status)
