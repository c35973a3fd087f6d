"""Addresses of certificates: where everybody checks them, and where companies keep theirs."""

from django.urls import include, path

app_name = "certificates"

urlpatterns = [path("", include("certifications.urls.proof"))]
