"""Lookups: asking, and the page that shows offers as they land."""

from django.urls import path

from shipping.views import lookups

urlpatterns = [
    path("products/<int:pk>/freight/", lookups.ask, name="ask_freight"),
    path("lookups/<uuid:lookup_id>/", lookups.lookup, name="lookup"),
]
