"""Lookups: asking, and the page that shows offers as they land."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
