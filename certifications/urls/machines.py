"""What machines fetch, without a language in its address: credentials, the status list, the keys."""

from django.urls import path

from certifications.views import proof

app_name = "credentials"

urlpatterns = [
    path(".well-known/did.json", proof.keys, name="keys"),
    path("credentials/status", proof.status, name="status"),
    path("credentials/<uuid:credential_id>", proof.credential, name="credential"),
]
