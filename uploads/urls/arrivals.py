"""Addresses of files that come in pieces, under /uploads/."""

from django.urls import path

from uploads.views import arrival, arrivals

app_name = "arrivals"
urlpatterns = [
    path("", arrivals, name="begin"),
    path("<uuid:arrival_id>/", arrival, name="arrival"),
]
