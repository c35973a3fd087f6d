"""Addresses of files."""

from django.urls import re_path

from uploads.views import original, rendition

UPLOAD = r"^(?P<upload_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"

app_name = "media"
urlpatterns = [
    re_path(rf"{UPLOAD}/(?P<label>[0-9]{{2,4}})\.(?P<format>webp|avif)$", rendition, name="rendition"),
    re_path(
        rf"{UPLOAD}/page-(?P<page>[0-9]{{1,3}})-(?P<label>[0-9]{{2,4}})\.(?P<format>webp|avif)$", rendition, name="page"
    ),
    re_path(rf"{UPLOAD}/original$", original, name="original"),
]
