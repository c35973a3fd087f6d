"""Addresses of the catalogue."""

from django.urls import path

from listings.views import catalogue as views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search_page, name="search"),
    path("categories/<slug:slug>/", views.category_page, name="category"),
    path("products/<slug:slug>/<int:pk>/", views.product_page, name="product"),
]
