"""Every address: pages under a language, doors of machines without one."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from core import views as core_views

urlpatterns = [
    path("healthz", core_views.healthz, name="healthz"),
    path("readyz", core_views.readyz, name="readyz"),
    path("media/", include("uploads.urls.media")),
    path("api/v1/", include("marketplace.api")),
    path("", include("certifications.urls.machines")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("account/", include("accounts.urls")),
        path("", include("core.urls")),
        path("", include("moderation.urls")),
        path("", include("notifications.urls")),
        path("uploads/", include("uploads.urls.arrivals")),
        path("", include("inquiries.urls")),
        path("", include("certifications.urls")),
        path("", include("storefronts.urls")),
        path("", include("shipping.urls.site")),
        path("", include("listings.urls")),
        prefix_default_language=False,
    ),
]
