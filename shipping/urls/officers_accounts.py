"""The officers’ addresses of the agency’s accounts at carriers and of their health, inside the admin."""

from django.contrib import admin
from django.urls import path

from shipping.views import accounts, health

officers_only = admin.site.admin_view
HERE = "shipping/carriers/"

urlpatterns = [
    path("shipping/health/", officers_only(health.overview), name="shipping_health"),
    path("shipping/health/<slug:provider>/", officers_only(health.provider), name="shipping_provider"),
    path(HERE, officers_only(accounts.officers_carriers), name="shipping_carriers"),
    path(f"{HERE}add/", officers_only(accounts.officers_carrier_add), name="shipping_carrier_add"),
    path(f"{HERE}<int:account_id>/", officers_only(accounts.officers_carrier), name="shipping_carrier"),
    path(f"{HERE}<int:account_id>/switch/", officers_only(accounts.officers_carrier_switch), name="shipping_carrier_switch"),
    path(f"{HERE}<int:account_id>/remove/", officers_only(accounts.officers_carrier_remove), name="shipping_carrier_remove"),
]  # fmt: skip
