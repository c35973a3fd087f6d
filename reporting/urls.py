"""The officers' addresses, inside the admin and behind its sign-in."""

from django.contrib import admin
from django.urls import path

from reporting.views import period, support

officers_only = admin.site.admin_view

urlpatterns = [
    path("reporting/period/", officers_only(period.show_period), name="reporting_period"),
    path("reporting/period/figures.csv", officers_only(period.download_period), name="reporting_period_csv"),
    path("reporting/period/rows/", officers_only(period.show_rows), name="reporting_rows"),
    path("reporting/period/rows.csv", officers_only(period.download_rows), name="reporting_rows_csv"),
    path("reporting/firms/<int:company_id>/support/", officers_only(support.firm_support), name="reporting_support"),
    path("reporting/support/<int:act_id>/strike-out/", officers_only(support.void), name="reporting_void"),
]
