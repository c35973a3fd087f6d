"""Addresses of the house itself."""

from django.urls import path

from core import views
from core.agency_pages import TITLES

app_name = "core"
urlpatterns = [
    *(path(f"{slug}/", views.agency_page, {"slug": slug}, name=slug) for slug in TITLES),
    path("design/components/", views.components, name="components"),
]
