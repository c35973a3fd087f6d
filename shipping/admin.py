"""Groups of origins, barred destinations and the agency's forwarders, which officers keep; rules come in as sets and are read on the officers' own pages."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from accounts.models import User
from core.admin import RecordAdmin
from shipping.forms.destinations import BarredDestinationForm
from shipping.forms.duties import OriginGroupForm
from shipping.forms.forwarders import AgencyForwarderForm
from shipping.models import BarredDestination, Forwarder, OriginGroup
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


@admin.register(BarredDestination)
class BarredDestinationAdmin(RecordAdmin):
    """Nothing is taken out: an entry is ended by its last day."""

    officers_may_change = True
    form = BarredDestinationForm
    list_display = ["country", "kind", "valid_from", "valid_until", "entered_by", "entered_at"]
    list_filter = ["kind"]
    search_fields = ["country", "reason", "source"]
    list_select_related = ["entered_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """What was barred from when stays as it was entered."""
        return ["country", "kind", "valid_from", "entered_by", "entered_at"] if obj else []

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm[Any], change: bool) -> None:
        """Who entered it is whoever is signed in."""
        if not change and isinstance(obj, BarredDestination) and isinstance(request.user, User):
            obj.entered_by = request.user
        super().save_model(request, obj, form, change)
