"""Middleware of the whole house: the limit of a body, and domain errors as friendly pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from core.errors import DomainError, NotFound, TooLarge

View = Callable[[HttpRequest], HttpResponse]


def explain(error: DomainError) -> str:
    """The error's message in the reader's language, its values filled in."""
    return gettext(error.message) % error.values if error.values else gettext(error.message)


def error_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A page that says what happened and leads back."""
    back = request.META.get("HTTP_REFERER", "/")
    same_site = back.startswith(f"{request.scheme}://{request.get_host()}/")
    return render(
        request,
        "errors/domain.html",
        {"message": explain(error), "back": back if same_site else "/", "status": error.status},
        status=error.status,
    )


class DomainErrorMiddleware:
    """A rule that said no becomes a page with its own status."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotFound):
            return render(request, "404.html", status=404)
        return error_page(request, exception) if isinstance(exception, DomainError) else None


def body_limit(get_response: View) -> View:
    """Refuse a body over MAX_BODY_BYTES before a byte of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.MAX_BODY_BYTES:
            response = render(request, "errors/413.html", status=TooLarge.status)
            response["Connection"] = "close"
            return response
        return get_response(request)

    return middleware
