"""Who asks, and where to go back to."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User


def get_officer(request: HttpRequest) -> User:
    """Who asks; the admin site has made sure that it is an officer."""
    assert isinstance(request.user, User)  # noqa: S101  admin_view lets nobody else in
    return request.user


def find_way_back(request: HttpRequest) -> str:
    """The page of this site that a form was sent from; "" when it names none."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return back if safe and back.startswith("/") else ""
