"""Pages of one's own account; sign-in and all that belongs to it are allauth's, in our templates."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.choices import Purpose
from accounts.forms.profile import BuyerProfileForm, ProfileForm
from accounts.models import User
from accounts.selectors import count_second_factors, find_buyer_profile
from accounts.services.people import change_profile


@require_GET
@never_cache
@login_required
def landing(request: HttpRequest) -> HttpResponse:
    """Where a person goes after sign-in: officers to their queue, exporters to their shop, buyers to the catalogue."""
    person: Any = request.user
    if person.is_officer:
        return redirect("admin:index")
    return redirect("storefronts:home" if person.purpose == Purpose.EXPORTER else "catalogue:home")


@require_GET
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What there is to see and change in one's account."""
    person: Any = request.user
    factors = count_second_factors(user=person)
    return render(
        request,
        "accounts/home.html",
        {"buyer": find_buyer_profile(user=person), "second_factors": factors, "here": "home"},
    )


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Change one's name, language and, for buyers, the organisation."""
    person: Any = request.user
    form = _build_form(person, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        change_profile(user=person, full_name=said["full_name"], language=said["language"], buyer=form.read_buyer())
        messages.success(request, gettext("Your profile is saved."))
        return redirect("accounts:profile")
    return render(
        request, "accounts/profile.html", {"form": form, "here": "profile"}, status=422 if form.is_bound else 200
    )


@require_GET
@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Tell an officer why a second factor is needed and where to set it up."""
    person: Any = request.user
    return render(request, "accounts/second_factor.html", {"done": count_second_factors(user=person) > 0})


def _build_form(person: Any, typed: Any) -> ProfileForm:
    buyer = find_buyer_profile(user=person)
    # The form writes nothing itself, but a ModelForm fills its instance: give it one of its own, not request.user.
    own = User(pk=person.pk, full_name=person.full_name, language=person.language)
    if buyer or (person.purpose == Purpose.BUYER and not person.is_staff):
        return BuyerProfileForm(typed, instance=own, buyer=buyer)
    return ProfileForm(typed, instance=own)
