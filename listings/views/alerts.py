"""Doors of saved searches: keep one, confirm it, stop it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from core.errors import DomainError, NotFound
from core.guests import checked_for_members
from core.middleware import explain
from listings.filters import SearchForm
from listings.forms.saved import AlertForm, StopForm
from listings.rules.searching import PAGE_SIZE
from listings.search.index import CatalogueNotReady, open_reading
from listings.selectors.certified import list_search_schemes
from listings.selectors.results import Shelf, describe_query
from listings.selectors.saved import CONFIRM_SALT, STOP_SALT, build_search_url, get_saved_search, read_token
from listings.services.saved_searches import confirm_search, save_search, stop_search
from reference.selectors import list_categories


@checked_for_members
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """GET shows the form for the search in the address; POST keeps it."""
    person = request.user if isinstance(request.user, User) else None
    data = request.POST if request.method == "POST" else request.GET
    params = QueryDict(data.get("params", "")[:2000])
    shelf = _find_shelf(data.get("scope", ""))
    form = AlertForm(request.POST if request.method == "POST" else None, has_account=person is not None)
    try:
        search_form = SearchForm(
            params,
            categories=[one.slug for one in shelf.categories],
            schemes=list(shelf.schemes),
            rates=open_reading().rates,
        )
    except CatalogueNotReady:
        return render(request, "catalogue/preparing.html", {"branches": []}, status=503)
    search_form.is_valid()
    language = get_language() or "en"
    query = search_form.build_query(scope=shelf.current.slug if shelf.current else "", page_size=PAGE_SIZE)
    label = describe_query(query=query, shelf=shelf, language=language)
    context = {"form": form, "label": label, "params": data.get("params", "")[:2000], "scope": query.scope}
    if request.method != "POST":
        return render(request, "saved/search.html", context)
    if form.is_valid():
        try:
            found = save_search(
                owner=person, address=form.cleaned_data.get("address", ""), language=person.language if person else language,
                query=query, params=search_form.write_params(), label=label, rhythm=form.cleaned_data["rhythm"],
            )  # fmt: skip
        except DomainError as refused:
            form.add_error(None, explain(refused))
        else:
            return _answer_saved(request, found)
    return render(request, "saved/search.html", {**context, "has_errors": True}, status=422)


def _answer_saved(request: HttpRequest, found: Any) -> HttpResponse:
    if found.owner_id is None:
        return render(request, "saved/search_sent.html", {"search": found})
    messages.success(request, _("We mail you what is new for this search."))
    return redirect("saved:index")


def _find_shelf(scope: str) -> Shelf:
    categories = list_categories()
    current = next((category for category in categories if category.slug == scope), None)
    return Shelf(categories, current, list_search_schemes())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link opens a page with a button: mail scanners follow links, people press buttons."""
    found = read_token(token=token, salt=CONFIRM_SALT)
    if request.method == "POST":
        confirmed = confirm_search(search_id=found.pk)
        if confirmed is None:
            raise NotFound
        found = confirmed
    context = {"search": found, "search_url": build_search_url(saved=found), "token": token}
    return render(request, "saved/confirm.html", context)


@csrf_exempt  # one click in a mail program sends no token; the address is signed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link shows a button; a POST stops the search at once, and may say why afterwards."""
    found = read_token(token=token, salt=STOP_SALT)
    form = StopForm(request.POST if "reason" in request.POST else None)
    if request.method == "POST":
        stop_search(search_id=found.pk, reason=form.cleaned_data["reason"] if form.is_bound and form.is_valid() else "")
        found.refresh_from_db()
    return render(
        request, "saved/stop.html", {"search": found, "form": form, "search_url": build_search_url(saved=found)}
    )


@login_required
@require_POST
def stop_own(request: HttpRequest, pk: int) -> HttpResponse:
    """A person stops one of their own searches."""
    found = get_saved_search(user=request.user, pk=pk)
    stop_search(search_id=found.pk)
    messages.success(request, _("No more mails for “%(search)s”.") % {"search": found.label})
    return redirect("saved:index")
