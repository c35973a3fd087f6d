"""Forwarders of an exporter, and the links that are mailed to forwarders."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
