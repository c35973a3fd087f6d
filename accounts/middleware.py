"""What stands between a request and the pages: officers need a second factor, refused forms say so in their status."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve

from accounts.selectors import count_second_factors

View = Callable[[HttpRequest], HttpResponse]
OPEN_PREFIXES = ("account_", "mfa_", "usersessions_")
OPEN_NAMES = ("healthz", "readyz", "core:help", "accounts:second_factor")


def staff_second_factor(get_response: View) -> View:
    """Send officers without a second factor to where they set one up; only account pages stay open to them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.STAFF_SECOND_FACTOR_REQUIRED and _lacks_second_factor(request) and not _stays_open(request):
            return redirect("accounts:second_factor")
        return get_response(request)

    return middleware


def _lacks_second_factor(request: HttpRequest) -> bool:
    person: Any = request.user
    return bool(person.is_authenticated and person.is_staff and not count_second_factors(user=person))


def _stays_open(request: HttpRequest) -> bool:
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return False
    return name.startswith(OPEN_PREFIXES) or name in OPEN_NAMES


class RefusedForms:
    """allauth answers 200 to a refused form and to a dead link; ours are 422 and 410."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Judge the page by what it is about to show."""
        shown = response.context_data or {}
        if response.status_code != HTTPStatus.OK:
            return response
        if shown.get("token_fail") or ("can_confirm" in shown and not shown["can_confirm"]):
            response.status_code = HTTPStatus.GONE
        elif request.method == "POST" and any(_is_refused(value) for value in shown.values()):
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response


def _is_refused(value: object) -> bool:
    return isinstance(value, BaseForm) and value.is_bound and bool(value.errors)
