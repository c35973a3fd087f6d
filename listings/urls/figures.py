"""Addresses of the exporter's figures, under /sell/<company>/figures/."""

from django.urls import path

from listings.views import figures

urlpatterns = [
    path("", figures.index, name="index"),
    path("weeks.csv", figures.weeks, name="weeks"),
]
