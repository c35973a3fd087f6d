"""Officers write the agency's own pages, inside the admin: a list of what is missing, and a form with a preview."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_safe

from core.agency_pages import (
    TITLES,
    drop_page,
    find_page,
    get_page_version,
    list_page_lines,
    name_language,
    save_page,
)
from core.errors import DomainError
from core.markdown import render_markdown
from core.middleware import explain


class PageForm(forms.Form):
    """Title and text; `version` tells a stale form."""

    version = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 20, "dir": "auto"}),
        help_text=gettext_lazy(
            "Markdown: # for a heading, - for a list, **bold**, [words](https://address). An empty line begins a paragraph."
        ),
    )


@require_safe
def list_pages(request: HttpRequest) -> HttpResponse:
    """Every page in every language, and what is missing."""
    lines = [{"line": line, "language": name_language(code=line.language)} for line in list_page_lines()]
    return render(request, "core/page_list.html", {**admin.site.each_context(request), "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """GET fills the form; POST previews, saves, or shows the shipped text again."""
    page = find_page(slug=slug, language=language)
    if request.method != "POST":
        with override(language):
            title = str(TITLES[slug])
        start = {"title": page.title if page else title, "body": page.body if page else ""}
        form = PageForm(initial={**start, "version": get_page_version(page=page)})
        return _show(request, slug, language, form)
    typed = request.POST.copy()
    form = PageForm(typed)
    then = request.POST.get("then", "save")
    if then != "drop" and not form.is_valid():
        return _show(request, slug, language, form, status=422)
    if then == "preview":
        return _show(request, slug, language, form, preview=True)
    try:
        _act(request, slug, language, form, then)
    except DomainError as refused:
        form.add_error(None, explain(refused))
        typed["version"] = get_page_version(page=find_page(slug=slug, language=language))
        return _show(request, slug, language, form, status=refused.status)
    return redirect("admin:agency_pages")


def _act(request: HttpRequest, slug: str, language: str, form: PageForm, then: str) -> None:
    assert isinstance(request.user, Model)  # noqa: S101  admin_view lets nobody else in
    if then == "drop":
        version = request.POST.get("version", "")
        drop_page(slug=slug, language=language, version=version, officer=request.user)
        messages.success(request, _("The shipped text is shown again."))
        return
    save_page(slug=slug, language=language, officer=request.user, **form.cleaned_data)
    messages.success(request, _("Saved. Readers see it now."))


def _show(
    request: HttpRequest, slug: str, language: str, form: PageForm, *, status: int = 200, preview: bool = False
) -> HttpResponse:
    page = find_page(slug=slug, language=language)
    with override(language):
        public_url = reverse(f"core:{slug}")
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "form": form,
        "page_name": TITLES[slug],
        "language": language,
        "language_name": name_language(code=language),
        "public_url": public_url,
        "is_own": page is not None,
        "preview": render_markdown(form.cleaned_data["body"]) if preview else "",
        "preview_title": form.cleaned_data["title"] if preview else "",
        "has_errors": status != 200,
        "stale": page if status == DomainError.status else None,
    }
    return render(request, "core/page_edit.html", context, status=status)


officers_only = admin.site.admin_view

urlpatterns = [
    path("pages/", officers_only(list_pages), name="agency_pages"),
    path("pages/<slug:slug>/<slug:language>/", officers_only(edit_page), name="agency_page"),
]
