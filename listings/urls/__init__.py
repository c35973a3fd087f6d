"""Addresses of the catalogue and of the exporter's products."""

from django.urls import include, path

from listings.urls import catalogue, figures, price_dates, products, saved

urlpatterns = [
    path("", include((catalogue.urlpatterns, "catalogue"))),
    path("saved/", include((saved.urlpatterns, "saved"))),
    path("prices/", include((price_dates.urlpatterns, "price_dates"))),
    path("sell/<slug:company>/figures/", include((figures.urlpatterns, "figures"))),
    path("sell/<slug:company>/products/", include((products.urlpatterns, "products"))),
]
