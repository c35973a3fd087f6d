"""Accounts at carriers, of an exporter."""

from django.urls import path

from shipping.views import accounts

urlpatterns = [
    path("sell/<slug:slug>/shipping/carriers/", accounts.carriers, name="carriers"),
    path("sell/<slug:slug>/shipping/carriers/add/", accounts.carrier_add, name="carrier_add"),
    path("sell/<slug:slug>/shipping/carriers/<int:account_id>/", accounts.carrier, name="carrier"),
    path("sell/<slug:slug>/shipping/carriers/<int:account_id>/switch/", accounts.carrier_switch, name="carrier_switch"),
    path("sell/<slug:slug>/shipping/carriers/<int:account_id>/remove/", accounts.carrier_remove, name="carrier_remove"),
]
