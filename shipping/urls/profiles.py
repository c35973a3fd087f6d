"""Shipping profiles and rate cards of an exporter."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
