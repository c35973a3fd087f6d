"""Officers read and change the rules for texts: first what they would say of live products, then for good."""

from collections import Counter

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.errors import DomainError
from core.middleware import explain
from listings.adapters.lint_file import read_lint_rules
from listings.forms.officers import LintRulesForm
from listings.selectors.lint import get_lint_text, try_rules
from listings.services.lint import save_lint_rules


@require_http_methods(["GET", "HEAD", "POST"])
def lint_rules(request: HttpRequest) -> HttpResponse:
    """GET shows the rules; POST tries or keeps them."""
    if request.method != "POST":
        return _show(request, LintRulesForm(initial={"text": get_lint_text()}))
    officer = request.user
    assert isinstance(officer, User)  # noqa: S101  admin_view lets nobody else in
    form = LintRulesForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    text = form.cleaned_data["text"].replace("\r\n", "\n")
    try:
        if request.POST.get("then") == "keep":
            save_lint_rules(officer=officer, text=text)
            messages.success(request, _("The rules count from now on."))
            return redirect("admin:lint_rules")
        return _show(request, form, tried=try_rules(rules=read_lint_rules(text)))
    except DomainError as refused:
        form.add_error("text", explain(refused))
        return _show(request, form, status=refused.status)


def _show(
    request: HttpRequest, form: LintRulesForm, *, tried: "tuple[int, Counter[str]] | None" = None, status: int = 200
) -> HttpResponse:
    context = {
        **admin.site.each_context(request), "form": form, "has_errors": status >= 400,
        "looked_at": tried[0] if tried else 0, "counts": sorted(tried[1].items()) if tried else None,
    }  # fmt: skip
    return render(request, "listings/officer/lint.html", context, status=status)
