"""Addresses of requests for quotation: the buyer's pages, the mailed link, the exporter's list."""

from django.urls import path

from inquiries.views import invitations, request_links, requests

urlpatterns = [
    path("requests/", requests.list_requests, name="requests"),
    path("requests/new/", requests.new_request, name="request_new"),
    path("requests/new/<int:company_id>/", requests.new_request, name="request_to"),
    path("requests/open/<str:token>/", request_links.open_link, name="request_open"),
    path("requests/open/<str:token>/again/", request_links.send_new_link, name="request_new_link"),
    path("requests/<uuid:request_id>/", requests.show_request, name="request"),
    path("requests/<uuid:request_id>/answers/", requests.answers, name="request_answers"),
    path("requests/<uuid:request_id>/close/", requests.close, name="request_close"),
    path("requests/<uuid:request_id>/files/", requests.add_files, name="request_add_files"),
    path("requests/<uuid:request_id>/files/<int:file_id>/", request_links.document, name="request_file"),
    path(
        "requests/<uuid:request_id>/files/<int:file_id>/<int:label>.<str:format>",
        request_links.rendition,
        name="request_rendition",
    ),
    path("sell/<slug:company>/requests/", invitations.invitations, name="invitations"),
    path("sell/<slug:company>/requests/<int:match_id>/", invitations.invitation, name="invitation"),
    path("sell/<slug:company>/requests/<int:match_id>/answer/", invitations.answer, name="invitation_answer"),
    path("sell/<slug:company>/requests/<int:match_id>/decline/", invitations.decline, name="invitation_decline"),
]
