"""Officers bring in requirements as a table: first what would happen, then the rows."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from certifications.forms.officers import TableForm
from certifications.rules.requirements import COLUMNS
from certifications.selectors.requirements import ImportPlan, plan_import
from certifications.services.requirements import import_requirements
from core.errors import DomainError
from core.middleware import explain


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """GET asks for the file; POST tries it, or writes what was tried."""
    if request.method == "POST" and request.POST.get("then") == "import":
        return _write(request)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, form, status=422 if form.is_bound else 200)
    text = form.cleaned_data["file"]
    try:
        return _show(request, TableForm(), text=text, plan=plan_import(text=text))
    except DomainError as refused:
        form.add_error("file", explain(refused))
        return _show(request, form, status=refused.status)


def _write(request: HttpRequest) -> HttpResponse:
    officer = request.user
    assert isinstance(officer, User)  # noqa: S101  admin_view lets nobody else in
    text = request.POST.get("text", "")
    try:
        rows = import_requirements(officer=officer, text=text)
    except DomainError as refused:
        form = TableForm(request.POST)
        form.is_valid()
        form.errors.clear()
        form.add_error(None, explain(refused))
        return _show(request, form, status=refused.status)
    written = sum(row.act in {"add", "change"} for row in rows)
    messages.success(
        request, ngettext("One row was written.", "%(number)s rows were written.", written) % {"number": written}
    )
    return redirect("admin:certifications_requirement_changelist")


def _show(
    request: HttpRequest, form: TableForm, *, text: str = "", plan: ImportPlan | None = None, status: int = 200
) -> HttpResponse:
    context = {
        **admin.site.each_context(request), "form": form, "text": text, "plan": plan, "columns": ", ".join(COLUMNS),
        "has_errors": status >= 400,
    }  # fmt: skip
    return render(request, "certificates/officer/import.html", context, status=status)
