"""Forwarders of an exporter, requests to forwarders, and the links that are mailed to them."""

from django.urls import path

from shipping.views import forwarders, forwarding

OWN = "sell/<slug:company>/shipping/forwarders/"
urlpatterns = [
    path(OWN, forwarders.forwarders, name="forwarders"),
    path(f"{OWN}new/", forwarders.new_forwarder, name="forwarder_new"),
    path(f"{OWN}<int:forwarder_id>/", forwarders.forwarder, name="forwarder"),
    path(f"{OWN}<int:forwarder_id>/switch/", forwarders.switch_forwarder, name="forwarder_switch"),
    path("lookups/<uuid:lookup_id>/forwarders/", forwarding.ask, name="ask_forwarders"),
    path("freight/<str:token>/", forwarding.freight, name="freight"),
]
