"""Registration of the moderation room."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"
