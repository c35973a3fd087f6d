"""Duty and tax rules: the list, a set with its rules, a table that comes in."""

from django.contrib import admin
from django.urls import path

from shipping.views import duties

officers_only = admin.site.admin_view

urlpatterns = [
    path("shipping/duties/", officers_only(duties.overview), name="duties"),
    path("shipping/duties/import/", officers_only(duties.bring_in), name="duties_import"),
    path("shipping/duties/sets/<int:set_id>/", officers_only(duties.rule_set), name="duties_set"),
]
