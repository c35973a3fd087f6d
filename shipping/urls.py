"""The officers' addresses, inside the admin and behind its sign-in."""

from django.contrib import admin
from django.urls import path

from shipping import views

urlpatterns = [
    path("shipping/cards/", admin.site.admin_view(views.list_cards), name="rate_cards"),
    path("shipping/cards/import/", admin.site.admin_view(views.bring_in_card), name="rate_card_import"),
    path("shipping/cards/<int:version_id>/", admin.site.admin_view(views.card), name="rate_card"),
]
