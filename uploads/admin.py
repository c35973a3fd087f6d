"""Records of files for officers: read only, with a small picture of each."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from core.admin import RecordAdmin
from uploads.models import Upload
from uploads.registry import list_secret_profiles
from uploads.selectors import get_rendition_url


@admin.register(Upload)
class UploadAdmin(RecordAdmin):
    list_display = [
        "thumbnail",
        "name",
        "kind",
        "profile",
        "state",
        "uploaded_by",
        "byte_size",
        "is_public",
        "created_at",
        "ready_at",
    ]
    list_display_links = ["name"]
    list_filter = ["state", "kind", "profile", "is_public"]
    search_fields = ["name", "sha256", "uploaded_by__email"]
    list_select_related = ["uploaded_by"]
    readonly_fields = ["thumbnail"]
    exclude = ["quarantine", "text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Upload]:
        """With the renditions that thumbnails show; of files that only a room's own door hands out, not even the names."""
        seen = super().get_queryset(request).exclude(profile__in=list_secret_profiles())
        return seen.prefetch_related("renditions")

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, upload: Upload) -> str:
        smallest = min(upload.renditions.all(), key=lambda rendition: rendition.label, default=None)
        if smallest is None:
            return ""
        url = get_rendition_url(rendition=smallest)
        return format_html('<img src="{}" alt="" width="80" height="60" loading="lazy">', url)
