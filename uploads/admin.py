"""Records of files for officers: read only."""

from django.contrib import admin

from core.admin import RecordAdmin
from uploads.models import Upload


@admin.register(Upload)
class UploadAdmin(RecordAdmin):
    list_display = ["name", "profile", "state", "uploaded_by", "byte_size", "is_public", "created_at", "ready_at"]
    list_filter = ["state", "profile", "is_public"]
    search_fields = ["name", "sha256", "uploaded_by__email"]
    list_select_related = ["uploaded_by"]
    exclude = ["quarantine"]
