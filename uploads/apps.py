"""Registration of the uploads room."""

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "uploads"
