"""Where everybody checks a certificate."""

from django.urls import path

from certifications.views import proof

urlpatterns = [
    path("verify/", proof.look_up, name="look_up"),
    path("verify/<slug:public_id>/", proof.verify, name="verify"),
    path("verify/<slug:public_id>/sheet/", proof.sheet, name="sheet"),
    path("verify/<slug:public_id>/code.svg", proof.code, name="code"),
]
