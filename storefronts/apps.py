"""Registration of the storefronts room."""

from django.apps import AppConfig


class StorefrontsConfig(AppConfig):
    name = "storefronts"
