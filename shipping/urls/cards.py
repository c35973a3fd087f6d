"""Rate cards: the list, a version, a card that comes in."""

from django.contrib import admin
from django.urls import path

from shipping.views import cards

urlpatterns = [
    path("shipping/cards/", admin.site.admin_view(cards.list_cards), name="rate_cards"),
    path("shipping/cards/import/", admin.site.admin_view(cards.bring_in_card), name="rate_card_import"),
    path("shipping/cards/<int:version_id>/", admin.site.admin_view(cards.card), name="rate_card"),
]
