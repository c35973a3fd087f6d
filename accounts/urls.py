"""Addresses of accounts: ours under their own name, allauth's under the names that allauth knows."""

from django.urls import include, path

from accounts import views

own = [
    path("", views.home, name="home"),
    path("landing/", views.landing, name="landing"),
    path("profile/", views.profile, name="profile"),
    path("second-factor/", views.second_factor, name="second_factor"),
]
urlpatterns = [path("", include((own, "accounts"))), path("", include("allauth.urls"))]
