"""Addresses of accounts: allauth's, dressed, and ours."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
