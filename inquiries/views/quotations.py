"""A quotation's page."""

from django.http import HttpRequest, HttpResponse


def page(request: HttpRequest, inquiry_id, quotation_id) -> HttpResponse: ...
def shared(request: HttpRequest, token) -> HttpResponse: ...
