"""The officers' addresses, inside the admin and behind its sign-in."""

from django.contrib import admin
from django.urls import path

from storefronts.views import members, payment

urlpatterns = [
    path("payment/", admin.site.admin_view(payment.changes), name="payment_changes"),
    path("payment/<int:details_id>/", admin.site.admin_view(payment.change), name="payment_change"),
    path("members/import/", admin.site.admin_view(members.bring_in), name="members_import"),
    path("members/unconfirmed/", admin.site.admin_view(members.unconfirmed), name="members_unconfirmed"),
]
