"""Addresses for everybody: appeal a decision, report what is public. The officers' stand in `officers`, inside the admin."""

from django.urls import path

from moderation.views import appeals, reports

app_name = "moderation"
urlpatterns = [
    path("appeals/<int:decision_id>/", appeals.show_appeal, name="appeal"),
    path("report/<slug:kind>/<int:subject_id>/", reports.show_report, name="report"),
]
