"""Addresses of notices."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("notifications/", views.index, name="index"),
    path("notifications/read/", views.read_all, name="read_all"),
    path("notifications/settings/", views.wishes, name="settings"),
    path("notifications/<int:notice_id>/open/", views.open_notice, name="open"),
    path("notifications/unsubscribe/<str:token>/", views.stop_mails, name="unsubscribe"),
]
