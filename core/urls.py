"""Addresses of the house itself."""

from django.urls import path

from core import views

app_name = "core"
urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("design/components/", views.components, name="components"),
]
