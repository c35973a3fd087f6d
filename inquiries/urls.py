"""Addresses of inquiries: asking, threads for both sides, the exporter's inbox."""

from django.contrib import admin
from django.urls import path
from django.views.generic import TemplateView

from inquiries.views import asking, officers, opening

app_name = "inquiries"
officers_patterns = [
    path("inquiries/<int:access_id>/", admin.site.admin_view(officers.reading), name="inquiries_reading"),
]
urlpatterns = [
    path("who-reads-what/", officers.who_reads_what, name="who_reads_what"),
    path("ask/<int:company_id>/", asking.ask, name="ask"),
    path("inquiries/", asking.mine, name="mine"),
    path("inquiries/look-into-mail/", TemplateView.as_view(template_name="inquiries/sent.html"), name="look_into_mail"),
    path("inquiries/open/<str:token>/", opening.open_link, name="open"),
    path("inquiries/open/<str:token>/again/", opening.send_new_link, name="new_link"),
    path("inquiries/<uuid:inquiry_id>/", opening.open_link, name="thread"),
]
