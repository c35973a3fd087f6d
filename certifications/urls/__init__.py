"""Addresses of certificates: where everybody checks them, and where companies keep theirs."""

from django.urls import URLPattern

app_name = "certificates"

urlpatterns: list[URLPattern] = []
