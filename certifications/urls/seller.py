"""Addresses of a company's own certificates, under /sell/<company>/certificates/."""

from django.urls import URLPattern, path

from certifications.views import editor, seller

urlpatterns: list[URLPattern] = [
    path("", seller.index, name="list"),
    path("new/", seller.new, name="new"),
    path("<slug:public_id>/", editor.edit, name="edit"),
    path("<slug:public_id>/files/", editor.files, name="files"),
    path("<slug:public_id>/files/<uuid:upload_id>/", seller.file, name="file"),
    path("<slug:public_id>/withdraw/", seller.withdraw, name="withdraw"),
    path("<slug:public_id>/delete/", seller.delete, name="delete"),
]
