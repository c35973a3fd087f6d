"""The admin site: Django's own, behind allauth's sign-in, with the officers' pages mounted inside."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from core.staff import list_links, list_pages


class LateenAdminSite(admin.AdminSite):
    """Every officer's door: one sign-in, one menu."""

    site_header = site_title = _("Lateen staff")
    index_title = _("Records")
    login = method_decorator(secure_admin_login)(admin.AdminSite.login)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The officers' pages come before the records."""
        return [*list_pages(), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every staff page knows: the menu with what waits."""
        links = (
            [{"label": link.label, "url_name": link.url_name, "count": link.count()} for link in list_links()]
            if request.user.is_active and request.user.is_staff
            else []
        )
        return {**super().each_context(request), "staff_links": links}
