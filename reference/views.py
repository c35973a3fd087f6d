"""Officers bring in exchange rates: first what would happen, then the rates."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from core.middleware import explain
from reference.adapters.rate_files import read_rate_file
from reference.forms import RatesForm, TriedRatesForm
from reference.services.rates import import_rates


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in_rates(request: HttpRequest) -> HttpResponse:
    """GET asks for the file; POST tries it, or writes what was tried."""
    if request.method != "POST":
        return _show(request, RatesForm())
    if request.POST.get("then") == "import":
        return _write(request)
    form = RatesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=422)
    text, source = form.cleaned_data["file"], form.cleaned_data["source"]
    try:
        rates = read_rate_file(text.encode(), today=timezone.localdate())
    except DomainError as refused:
        form.add_error("file", explain(refused))
        return _show(request, form, status=refused.status)
    planned = import_rates(rates=rates, source=source, dry_run=True)
    days = sorted({rate.day for rate in rates})
    tried = {"planned": planned, "first": days[0], "last": days[-1], "text": text, "source": source}
    return _show(request, RatesForm(initial={"source": source}), tried=tried)


def _write(request: HttpRequest) -> HttpResponse:
    tried = TriedRatesForm(request.POST)
    if not tried.is_valid():
        return _show(request, RatesForm(request.POST), status=422)
    officer = request.user
    assert isinstance(officer, Model)  # noqa: S101  admin_view lets nobody else in
    try:
        rates = read_rate_file(tried.cleaned_data["text"].encode(), today=timezone.localdate())
        done = import_rates(rates=rates, source=tried.cleaned_data["source"], actor=officer)
    except DomainError as refused:
        form = RatesForm({"source": tried.cleaned_data["source"]})
        form.is_valid()
        form.errors.clear()
        form.add_error(None, explain(refused))
        return _show(request, form, status=refused.status)
    written = done.added + done.changed
    words = ngettext("One rate was written.", "%(number)s rates were written.", written)
    messages.success(request, words % {"number": written})
    return redirect("admin:reference_fxrate_changelist")


def _show(
    request: HttpRequest, form: RatesForm, *, tried: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    context = {**admin.site.each_context(request), "form": form, "tried": tried, "has_errors": status >= 400}
    return render(request, "reference/officer/rates.html", context, status=status)
