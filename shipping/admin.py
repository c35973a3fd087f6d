"""Groups of origins, which officers keep; rules themselves come in as sets and are read on the officers' own pages."""

from django.contrib import admin
from django.http import HttpRequest

from core.admin import RecordAdmin
from shipping.forms.duties import OriginGroupForm
from shipping.models import OriginGroup


@admin.register(OriginGroup)
class OriginGroupAdmin(RecordAdmin):
    officers_may_change = True
    form = OriginGroupForm
    list_display = ["destination", "code", "name", "read_on"]
    list_filter = ["destination"]
    search_fields = ["code", "name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)
