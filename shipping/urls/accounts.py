"""Accounts at carriers, of an exporter."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
