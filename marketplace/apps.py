"""The admin site of the project: Django's own, with our sign-in and the officers' pages."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    default_site = "core.admin_site.LateenAdminSite"
