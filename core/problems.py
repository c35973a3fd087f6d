"""API errors as problem+json (RFC 9457)."""

from typing import Any

from django.http import Http404
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.errors import DomainError
from core.middleware import explain


def problem_json(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Answer with type, title, status and detail; field errors stand in `errors`."""
    if isinstance(exception, DomainError):
        body = {
            "type": "about:blank",
            "title": explain(exception),
            "status": exception.status,
            "code": type(exception).__name__,
        }
        return Response(body, status=exception.status, content_type="application/problem+json")
    response = exception_handler(exception, context)
    if response is None:
        return None
    detail = getattr(exception, "detail", "Not found" if isinstance(exception, Http404) else "Error")
    title = str(detail if isinstance(detail, str) else getattr(exception, "default_detail", "Error"))
    problem: dict[str, Any] = {"type": "about:blank", "title": title, "status": response.status_code}
    if isinstance(exception, APIException) and isinstance(response.data, dict) and "detail" not in response.data:
        problem["errors"] = response.data
    response.data = problem
    response.content_type = "application/problem+json"
    return response
