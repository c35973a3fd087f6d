"""The officers' addresses, inside the admin and behind its sign-in."""

from django.contrib import admin
from django.urls import path

from reference.views import bring_in_rates

urlpatterns = [path("rates/import/", admin.site.admin_view(bring_in_rates), name="rates_import")]
