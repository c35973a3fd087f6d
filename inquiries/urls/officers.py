"""The officers' page of a thread, inside the admin and behind its sign-in."""

from django.contrib import admin
from django.urls import path

from inquiries.views import deals, officers

urlpatterns = [
    path("deals/", admin.site.admin_view(deals.officers_list), name="inquiries_deals"),
    path("inquiries/<int:access_id>/", admin.site.admin_view(officers.reading), name="inquiries_reading"),
]
