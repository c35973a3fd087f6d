"""The API's root: every app's operations, and the schema that describes them."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("", include("storefronts.api")),
    path("", include("listings.api")),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
]
