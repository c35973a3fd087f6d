"""The officers’ addresses of the agency’s accounts at carriers and of their health, inside the admin."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
