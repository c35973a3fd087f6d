"""The category tree, which administrators change, and exchange rates: officers read both."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from core.admin import RecordAdmin
from reference.models import Attribute, Category, FxRate, HsCode


@admin.register(Category)
class CategoryAdmin(RecordAdmin):
    list_display = ["name", "parent", "slug", "position"]
    list_filter = [("parent", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name", "slug"]
    list_select_related = ["parent"]
    ordering = ["parent__position", "position"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request) and request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_add_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """The slug is in addresses that people have kept."""
        return ["slug"] if obj else []


@admin.register(Attribute)
class AttributeAdmin(RecordAdmin):
    list_display = ["name", "category", "kind", "unit", "position"]
    list_filter = [("category", admin.RelatedOnlyFieldListFilter), "kind"]
    search_fields = ["name", "key"]
    list_select_related = ["category"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request) and request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_add_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """What exporters have answered already keeps its meaning."""
        return ["category", "key", "kind", "unit"] if obj else []


@admin.register(FxRate)
class FxRateAdmin(RecordAdmin):
    change_list_template = "reference/officer/rate_list.html"
    list_display = ["day", "base", "quote", "units", "source"]
    list_filter = ["quote", "base"]
    date_hierarchy = "day"


@admin.register(HsCode)
class HsCodeAdmin(RecordAdmin):
    list_display = ["code", "text", "edition"]
    list_filter = ["edition"]
    search_fields = ["code", "text"]
