"""The officers’ addresses of the agency’s forwarders, inside the admin."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
