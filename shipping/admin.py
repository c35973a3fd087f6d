"""Groups of origins and the agency's forwarders, which officers keep; rules themselves come in as sets and are read on the officers' own pages."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from core.admin import RecordAdmin
from shipping.forms.duties import OriginGroupForm
from shipping.forms.forwarders import AgencyForwarderForm
from shipping.models import Forwarder, OriginGroup
from shipping.services.forwarding import renew_links


@admin.register(OriginGroup)
class OriginGroupAdmin(RecordAdmin):
    officers_may_change = True
    form = OriginGroupForm
    list_display = ["destination", "code", "name", "read_on"]
    list_filter = ["destination"]
    search_fields = ["code", "name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)


@admin.register(Forwarder)
class ForwarderAdmin(RecordAdmin):
    """The agency's forwarders, who are asked about goods of every exporter; an exporter's own are the exporter's."""

    officers_may_change = True
    form = AgencyForwarderForm
    list_display = ["name", "email", "language", "is_active"]
    list_filter = ["is_active", "language"]
    search_fields = ["name", "email"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Forwarder]:
        return Forwarder.objects.visible_to(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm[Any], change: bool) -> None:
        """With another address, open requests go there under another link."""
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            renew_links(forwarder=form.instance)
