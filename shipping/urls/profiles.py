"""Shipping profiles and rate cards of an exporter."""

from django.urls import path

from shipping.views import own_cards, profiles

HERE = "sell/<slug:slug>/shipping/"
urlpatterns = [
    path(HERE, profiles.profiles, name="profiles"),
    path(f"{HERE}new/", profiles.add_profile, name="add_profile"),
    path(f"{HERE}<int:profile_id>/", profiles.profile, name="profile"),
    path(f"{HERE}<int:profile_id>/use/", profiles.use_profile, name="use_profile"),
    path(f"{HERE}<int:profile_id>/remove/", profiles.remove, name="remove_profile"),
    path(f"{HERE}cards/", own_cards.own_cards, name="own_cards"),
    path(f"{HERE}cards/import/", own_cards.bring_in, name="own_card_import"),
    path(f"{HERE}cards/example.xlsx", own_cards.example, name="card_example"),
    path(f"{HERE}cards/<int:version_id>/", own_cards.own_card, name="own_card"),
]
