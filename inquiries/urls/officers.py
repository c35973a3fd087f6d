"""The officers' pages, inside the admin and behind its sign-in: a thread that a party opened to them, deals, barred buyers."""

from django.contrib import admin
from django.urls import path

from inquiries.views import blocks, deals, officers

urlpatterns = [
    path("deals/", admin.site.admin_view(deals.officers_list), name="inquiries_deals"),
    path("barred/", admin.site.admin_view(blocks.barred), name="inquiries_barred"),
    path("inquiries/<int:access_id>/", admin.site.admin_view(officers.reading), name="inquiries_reading"),
]
