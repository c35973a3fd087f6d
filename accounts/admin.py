"""Records of people: officers read, administrators change; a password is never seen or set here."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from accounts.models import BuyerProfile, User
from core.admin import RecordAdmin

RIGHTS = ["is_active", "is_staff", "is_superuser"]


@admin.register(User)
class PersonAdmin(RecordAdmin):
    list_display = ["email", "full_name", "purpose", "is_staff", "is_superuser", "is_active", "date_joined", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active", "purpose", "language"]
    search_fields = ["email", "full_name"]
    fields = ["email", "full_name", "purpose", "language", *RIGHTS, "date_joined", "last_login"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request) and request.user.is_superuser

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Addresses change by a mailed confirmation only; nobody takes away their own rights."""
        own = RIGHTS if obj is not None and obj.pk == request.user.pk else []
        return ["email", "date_joined", "last_login", *own]


@admin.register(BuyerProfile)
class BuyerProfileAdmin(RecordAdmin):
    list_display = ["organisation", "user", "country", "city", "tax_id"]
    list_filter = ["country"]
    search_fields = ["organisation", "user__email", "tax_id"]
    list_select_related = ["user"]
