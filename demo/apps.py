"""Registration of the demo country."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
