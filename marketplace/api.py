"""The API's root: every app's operations, the schema that describes them, and problem+json for what does not exist."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView


def unknown(request: HttpRequest) -> JsonResponse:
    """There is no such operation."""
    problem = {"type": "about:blank", "title": "Not found", "status": 404}
    return JsonResponse(problem, status=404, content_type="application/problem+json")


urlpatterns = [
    path("", include("storefronts.api")),
    path("", include("listings.api")),
    path("", include("certifications.api")),
    path("", include("shipping.api")),
    path("", include("inquiries.api")),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    re_path("", unknown),
]
