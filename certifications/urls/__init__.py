"""Addresses of certificates: where everybody checks them, and where companies keep theirs."""

from django.urls import include, path

from certifications.urls import proof, seller

app_name = "certificates"

urlpatterns = [
    path("", include(proof.urlpatterns)),
    path("sell/<slug:company>/certificates/", include(seller.urlpatterns)),
]
