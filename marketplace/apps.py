"""The admin site of the project: Django's own, with our sign-in and the officers' pages."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig

OTHERS = {"auth", "account", "mfa", "usersessions"}
"""Apps whose own record pages would show secrets, or go around our services."""


class AdminConfig(DjangoAdminConfig):
    default_site = "core.admin_site.LateenAdminSite"

    def ready(self) -> None:
        """Every app's records are registered first, then those of others are taken out."""
        super().ready()
        admin.site.unregister([model for model in admin.site._registry if model._meta.app_label in OTHERS])
