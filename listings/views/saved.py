"""Doors of a person's saved lists, and of the lists that others share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.errors import DomainError, NotFound
from core.middleware import explain
from core.structured import make_absolute
from listings.forms.saved import ListForm, NoteForm, ShareForm
from listings.models import SavedList
from listings.selectors.saved import (
    get_saved_list,
    get_shared_list,
    list_kept_products,
    list_saved_lists,
    list_saved_searches,
)
from listings.services import saved_lists


@login_required
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All lists and all running searches."""
    context = {"lists": list_saved_lists(user=request.user), "searches": list_saved_searches(user=request.user)}
    return render(request, "saved/index.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """GET asks for the list; POST puts the product into a chosen or a new one."""
    typed = request.POST.get("p") or request.GET.get("p", "")
    listing_id = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    form = ListForm(request.POST if request.method == "POST" and not request.POST.get("list") else None)
    status = 200
    if request.method == "POST":
        try:
            return _add(request, listing_id, form)
        except DomainError as refused:
            if isinstance(refused, NotFound):
                raise
            form.add_error(None, explain(refused))
        status = 422
    context = {
        "form": form,
        "lists": list_saved_lists(user=request.user),
        "listing_id": listing_id,
        "has_errors": status == 422,
    }
    return render(request, "saved/add.html", context, status=status)


def _add(request: HttpRequest, listing_id: int, form: ListForm) -> HttpResponse:
    owner = _person(request)
    chosen = request.POST.get("list", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
        kept_in = get_saved_list(user=owner, pk=int(chosen))
    elif form.is_valid():
        kept_in = saved_lists.create_list(owner=owner, name=form.cleaned_data["name"])
    else:
        context = {"form": form, "lists": list_saved_lists(user=owner), "listing_id": listing_id, "has_errors": True}
        return render(request, "saved/add.html", context, status=422)
    item = saved_lists.save_product(owner=owner, saved_list=kept_in, listing_id=listing_id)
    messages.success(request, _("“%(product)s” is in “%(list)s”.") % {"product": item.title, "list": kept_in.name})
    return redirect("saved:list", pk=kept_in.pk)


@login_required
@never_cache
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One list with notes, price changes and what may be done with it."""
    return _show(request, get_saved_list(user=request.user, pk=pk))


def _show(request: HttpRequest, found: SavedList, *, form: Any = None, status: int = 200) -> HttpResponse:
    link = reverse("saved:shared", args=[found.share_token]) if found.share_token else ""
    products = list_kept_products(saved_list=found, user=request.user, language=get_language() or "en")
    context = {
        "list": found, "products": products, "form": form or ListForm(initial={"name": found.name}), "has_errors": status == 422,
        "share_form": ShareForm(initial={"shows_notes": found.shows_notes}), "share_url": make_absolute(link) if link else "",
    }  # fmt: skip
    return render(request, "saved/list.html", context, status=status)


@login_required
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, share, delete a list; note and remove a product of it."""
    found = get_saved_list(user=request.user, pk=pk)
    do = ACTS.get(request.POST.get("do", ""))
    if do is None:
        raise NotFound
    return do(request, found)


def _rename(request: HttpRequest, found: SavedList) -> HttpResponse:
    form = ListForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form=form, status=422)
    try:
        saved_lists.rename_list(saved_list=found, name=form.cleaned_data["name"])
    except DomainError as refused:
        form.add_error("name", explain(refused))
        return _show(request, get_saved_list(user=request.user, pk=found.pk), form=form, status=422)
    return redirect("saved:list", pk=found.pk)


def _share(request: HttpRequest, found: SavedList) -> HttpResponse:
    form = ShareForm(request.POST)
    saved_lists.share_list(saved_list=found, shows_notes=form.is_valid() and form.cleaned_data["shows_notes"])
    messages.success(request, _("Everybody who has the link can read this list."))
    return redirect("saved:list", pk=found.pk)


def _unshare(request: HttpRequest, found: SavedList) -> HttpResponse:
    saved_lists.stop_sharing(saved_list=found)
    messages.success(request, _("The link leads nowhere any more."))
    return redirect("saved:list", pk=found.pk)


def _note(request: HttpRequest, found: SavedList) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A note has at most 500 letters; yours was not saved."))
        return redirect("saved:list", pk=found.pk)
    saved_lists.write_note(saved_list=found, item_id=_read_item(request), note=form.cleaned_data["note"])
    messages.success(request, _("Your note is saved."))
    return redirect("saved:list", pk=found.pk)


def _remove(request: HttpRequest, found: SavedList) -> HttpResponse:
    saved_lists.remove_product(saved_list=found, item_id=_read_item(request))
    messages.success(request, _("The product is no longer in this list."))
    return redirect("saved:list", pk=found.pk)


def _delete(request: HttpRequest, found: SavedList) -> HttpResponse:
    saved_lists.delete_list(saved_list=found)
    messages.success(request, _("The list “%(name)s” is deleted.") % {"name": found.name})
    return redirect("saved:index")


ACTS: dict[str, Callable[[HttpRequest, SavedList], HttpResponse]] = {
    "rename": _rename, "share": _share, "unshare": _unshare, "note": _note, "remove": _remove, "delete": _delete,
}  # fmt: skip


@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A list as its link shows it, with prices as this reader may see them."""
    found = get_shared_list(token=token)
    products = list_kept_products(saved_list=found, user=request.user, language=get_language() or "en")
    response = render(request, "saved/shared.html", {"list": found, "products": products})
    response["X-Robots-Tag"] = "noindex"
    return response


def _read_item(request: HttpRequest) -> int:
    typed = request.POST.get("item", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def _person(request: HttpRequest) -> User:
    person = request.user
    assert isinstance(person, User)  # noqa: S101  login_required lets nobody else in
    return person
