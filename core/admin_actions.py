"""Acts that officers do from a list of records after giving a reason."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.errors import DomainError
from core.middleware import explain

MOST_AT_ONCE = 50


class ReasonForm(forms.Form):
    """Why an officer does it: kept in the audit, and told to those concerned."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, mailed to the company"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Say what is wrong, how you know, and what the company can do now."),
    )


def act_with_reason(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    chosen: QuerySet[Any],
    *,
    action: str,
    title: str,
    button: str,
    act: Callable[[Model, str], object],
) -> HttpResponse | None:
    """Ask for a reason, then do one thing to each chosen record; a refusal names the record and leaves the others alone."""
    sent = "apply" in request.POST
    form = ReasonForm(request.POST if sent else None)
    if sent and form.is_valid():
        act_on_each(request, chosen, lambda record: act(record, form.cleaned_data["reason"]))
        return None
    meta = model_admin.model._meta
    context = {
        **admin.site.each_context(request),
        "form": form,
        "title": title,
        "button": button,
        "action": action,
        "has_errors": sent,
        "records": chosen[:MOST_AT_ONCE],
        "checkbox": ACTION_CHECKBOX_NAME,
        "back": reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"),
    }
    return render(request, "admin/act_with_reason.html", context, status=422 if sent else 200)


def act_on_each(request: HttpRequest, chosen: QuerySet[Any], act: Callable[[Any], object]) -> None:
    """Do one thing to each record, at most 50; tell what was done and what was refused."""
    done = 0
    for record in chosen[:MOST_AT_ONCE]:
        try:
            act(record)
        except DomainError as error:
            messages.error(request, _("%(record)s: %(problem)s") % {"record": record, "problem": explain(error)})
        else:
            done += 1
    if done:
        messages.success(
            request, ngettext("Done for one record.", "Done for %(number)s records.", done) % {"number": done}
        )
