"""Addresses of inquiries: asking, threads for both sides, the exporter's inbox, requests for quotation."""

from django.urls import path
from django.views.generic import TemplateView

from inquiries.urls import requests
from inquiries.views import asking, desk, files, officers, opening, papers, thread

app_name = "inquiries"
urlpatterns = [
    *requests.urlpatterns,
    path("who-reads-what/", officers.who_reads_what, name="who_reads_what"),
    path("ask/<int:company_id>/", asking.ask, name="ask"),
    path("inquiries/", asking.mine, name="mine"),
    path("inquiries/look-into-mail/", TemplateView.as_view(template_name="inquiries/sent.html"), name="look_into_mail"),
    path("inquiries/open/<str:token>/", opening.open_link, name="open"),
    path("inquiries/open/<str:token>/again/", opening.send_new_link, name="new_link"),
    path("inquiries/<uuid:inquiry_id>/", thread.thread, name="thread"),
    path("inquiries/<uuid:inquiry_id>/reply/", thread.reply, name="reply"),
    path("inquiries/<uuid:inquiry_id>/draft/", thread.draft, name="draft"),
    path("inquiries/<uuid:inquiry_id>/decline/", thread.decline, name="decline"),
    path("inquiries/<uuid:inquiry_id>/assign/", thread.assign, name="assign"),
    path("inquiries/<uuid:inquiry_id>/agency/", thread.agency, name="agency"),
    path("inquiries/<uuid:inquiry_id>/files/<int:attachment_id>/", files.document, name="file"),
    path(
        "inquiries/<uuid:inquiry_id>/files/<int:attachment_id>/<int:label>.<str:format>",
        files.rendition,
        name="rendition",
    ),
    path("inquiries/<uuid:inquiry_id>/papers/<uuid:upload_id>/", papers.paper, name="paper"),
    path("inquiries/<uuid:inquiry_id>/papers/<uuid:upload_id>/turn/", papers.turn, name="turn_paper"),
    path("sell/<slug:company>/inquiries/", desk.inbox, name="inbox"),
    path("sell/<slug:company>/inquiries/absence/", desk.absence, name="absence"),
    path("sell/<slug:company>/inquiries/templates/", desk.templates, name="templates"),
    path("sell/<slug:company>/inquiries/templates/<int:template_id>/", desk.template, name="template"),
    path(
        "sell/<slug:company>/inquiries/templates/<int:template_id>/delete/",
        desk.delete_template,
        name="delete_template",
    ),
]
