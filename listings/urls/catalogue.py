"""Addresses of the catalogue."""

from django.urls import path

from listings.views import catalogue as views
from listings.views import compare

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search_page, name="search"),
    path("search/suggest/", compare.suggest, name="suggest"),
    path("search/how-we-rank/", compare.how_we_rank, name="how_we_rank"),
    path("compare/", compare.compare, name="compare"),
    path("categories/<slug:slug>/", views.category_page, name="category"),
    path("products/<int:pk>/documents/<uuid:upload_id>/", views.document, name="document"),
    path("products/<slug:slug>/<int:pk>/", views.product_page, name="product"),
]
