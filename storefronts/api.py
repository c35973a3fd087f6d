"""Read-only API of storefronts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
