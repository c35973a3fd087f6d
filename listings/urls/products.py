"""Addresses of the exporter's products, under /sell/<company>/products/."""

from django.urls import URLPattern, path

from listings.views import editor, manage, markets, pictures, presence, preview, price_dates

urlpatterns: list[URLPattern] = [
    path("", manage.index, name="list"),
    path("new/", editor.new, name="new"),
    path("prices/", price_dates.prices, name="prices"),
    path("<int:pk>/act/", manage.act, name="act"),
    path("<int:pk>/shots/", editor.shots, name="shots"),
    path("<int:pk>/arrivals/", pictures.take, name="arrivals"),
    path("<int:pk>/certificates/", markets.certificates, name="certificates"),
    path("<int:pk>/markets/", markets.gaps, name="markets"),
    path("<int:pk>/presence/", presence.presence, name="presence"),
    path("<int:pk>/preview/", preview.preview, name="preview"),
    path("<int:pk>/<slug:step>/", editor.edit, name="edit"),
]
