"""Addresses of the catalogue and of the exporter's products."""

from django.urls import include, path

from listings.urls import catalogue, products

urlpatterns = [
    path("", include((catalogue.urlpatterns, "catalogue"))),
    path("sell/<slug:company>/products/", include((products.urlpatterns, "products"))),
]
