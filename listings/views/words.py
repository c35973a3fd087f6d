"""Officers read which words found nothing, and say what they mean."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import DomainError
from core.middleware import explain
from listings.forms.words import SynonymForm
from listings.selectors.zero_words import list_synonym_rows, list_zero_words
from listings.services.words import add_synonym, remove_synonym, settle_zero_search


@require_http_methods(["GET", "HEAD", "POST"])
def search_words(request: HttpRequest) -> HttpResponse:
    """GET lists; POST adds a synonym, leaves words as they are, or takes a synonym back."""
    if request.method != "POST":
        return _show(request, SynonymForm())
    officer = request.user
    assert isinstance(officer, User)  # noqa: S101  admin_view lets nobody else in
    form = SynonymForm(request.POST)
    chosen = request.POST.get("pk", "")
    pk = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0
    if "settle" in request.POST:
        settle_zero_search(officer=officer, pk=pk)
        messages.success(request, _("Left as it is."))
    elif "remove" in request.POST:
        remove_synonym(officer=officer, pk=pk)
        messages.success(request, _("The word is no longer added."))
    else:
        try:
            return _add(request, officer, form)
        except DomainError as refused:
            form.add_error("means", explain(refused))
            return _show(request, form, status=422)
    return redirect("admin:search_words")


def _add(request: HttpRequest, officer: User, form: SynonymForm) -> HttpResponse:
    if not form.is_valid():
        return _show(request, form, status=422)
    synonym = add_synonym(officer=officer, word=form.cleaned_data["word"], means=form.cleaned_data["means"])
    messages.success(
        request,
        _("Who types “%(word)s” now also finds “%(means)s”.") % {"word": synonym.word, "means": synonym.means},
    )
    return redirect("admin:search_words")


def _show(request: HttpRequest, form: SynonymForm, *, status: int = 200) -> HttpResponse:
    context = {
        **admin.site.each_context(request), "form": form, "words": list_zero_words(), "synonyms": list_synonym_rows(),
        "has_errors": status >= 400,
    }  # fmt: skip
    return render(request, "catalogue/officer/words.html", context, status=status)
