"""The officers' addresses, inside the admin and behind its sign-in."""

from django.contrib import admin
from django.urls import path

from moderation.views import cases, queue

officers_only = admin.site.admin_view

urlpatterns = [
    path("moderation/queue/", officers_only(queue.show_queue), name="moderation_queue"),
    path("moderation/keys/", officers_only(queue.switch_shortcuts), name="moderation_shortcuts"),
    path("moderation/case/<int:case_id>/", officers_only(cases.show_case), name="moderation_case"),
    path("moderation/case/<int:case_id>/claim/", officers_only(cases.renew), name="moderation_claim"),
    path("moderation/case/<int:case_id>/release/", officers_only(queue.release), name="moderation_release"),
    path("moderation/decision/<int:decision_id>/undo/", officers_only(queue.undo), name="moderation_undo"),
]
