"""Every address of shipping outside the admin."""

from shipping.urls import accounts, forwarders, landed, lookups, profiles

app_name = "shipping"
urlpatterns = [
    *landed.urlpatterns,
    *lookups.urlpatterns,
    *profiles.urlpatterns,
    *accounts.urlpatterns,
    *forwarders.urlpatterns,
]
