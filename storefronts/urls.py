"""Addresses of storefronts."""

from django.urls import URLPattern

app_name = "storefronts"
urlpatterns: list[URLPattern] = []
