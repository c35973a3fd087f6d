"""Forms on pages that strangers read from a cache: they carry no token, and signed-in people are protected all the same (ADR 0015)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def checked_for_members(view: View) -> View:
    """What a stranger's browser sends has no rights to borrow; the token of a signed-in person is checked as everywhere."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        if request.method == "POST" and request.user.is_authenticated:
            refused = CsrfViewMiddleware(_answer).process_view(request, _answer, (), {})
            if refused is not None:
                return refused
        return view(request, *args, **values)

    return csrf_exempt(checked)


def _answer(_request: HttpRequest) -> HttpResponse:
    """Stands for the view without its exemption, so that the check of forged requests looks at it."""
    return HttpResponse()
