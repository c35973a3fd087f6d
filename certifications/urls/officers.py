"""The officers' addresses, inside the admin and behind its sign-in."""

from django.contrib import admin
from django.urls import path

from certifications.views import officers, requirements

officers_only = admin.site.admin_view

urlpatterns = [
    path("certificates/<int:certificate_id>/check/", officers_only(officers.check), name="certificate_check"),
    path("certificates/<int:certificate_id>/doubt/", officers_only(officers.doubt), name="certificate_doubt"),
    path(
        "certificates/<int:certificate_id>/files/<uuid:upload_id>/",
        officers_only(officers.original),
        name="certificate_file",
    ),
    path("certificates/requirements/import/", officers_only(requirements.bring_in), name="requirements_import"),
]
