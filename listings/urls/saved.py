"""Addresses of what buyers keep."""

from django.urls import path

from listings.views import alerts, saved

urlpatterns = [
    path("", saved.index, name="index"),
    path("add/", saved.add, name="add"),
    path("<int:pk>/", saved.show, name="list"),
    path("<int:pk>/act/", saved.act, name="act"),
    path("shared/<str:token>/", saved.shared, name="shared"),
    path("searches/save/", alerts.save, name="save_search"),
    path("searches/<int:pk>/stop/", alerts.stop_own, name="stop_own"),
    path("searches/confirm/<str:token>/", alerts.confirm, name="confirm"),
    path("searches/stop/<str:token>/", alerts.stop, name="stop"),
]
