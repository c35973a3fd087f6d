"""Addresses of inquiries: asking, threads for both sides, the exporter's inbox, requests for quotation."""

from django.urls import path
from django.views.generic import TemplateView

from inquiries.urls import requests
from inquiries.views import (
    answering,
    asking,
    blocks,
    deals,
    desk,
    files,
    freight,
    officers,
    opening,
    papers,
    quotation_desk,
    quotation_papers,
    quotations,
    samples,
    thread,
)

app_name = "inquiries"
QUOTATION = "inquiries/<uuid:inquiry_id>/quotations/<uuid:quotation_id>/"
quotation_patterns = [
    path("inquiries/<uuid:inquiry_id>/quotations/new/", quotations.begin, name="begin_quotation"),
    path(QUOTATION, quotations.page, name="quotation"),
    path(f"{QUOTATION}edit/", quotations.build, name="build_quotation"),
    path(f"{QUOTATION}freight/", freight.freight, name="quotation_freight"),
    path(f"{QUOTATION}freight/use/", freight.use, name="quote_freight"),
    path(f"{QUOTATION}freight/<int:number>.json", freight.snapshot, name="freight_snapshot"),
    path(f"{QUOTATION}next/", quotations.next_version, name="next_version"),
    path(f"{QUOTATION}again/", quotations.again, name="quote_again"),
    path(f"{QUOTATION}discard/", quotations.discard, name="discard_draft"),
    path(f"{QUOTATION}withdraw/", quotations.withdraw, name="withdraw_quotation"),
    path(f"{QUOTATION}link/", quotations.new_link, name="renew_quotation_link"),
    path("q/<str:token>/", answering.shared, name="shared_quotation"),
]
deal_patterns = [
    path(f"{QUOTATION}deal/", deals.deal, name="deal"),
    path("d/<str:token>/", deals.linked, name="deal_link"),
    path("d/<str:token>/missing/", deals.missing, name="deal_missing"),
    path("inquiries/<uuid:inquiry_id>/samples/new/", samples.ask, name="ask_sample"),
    path("inquiries/<uuid:inquiry_id>/samples/<int:sample_id>/", samples.sample, name="sample"),
    *(path(f"{QUOTATION}deal/{act}/", deals.act, {"act": act}, name=f"deal_{act}") for act in deals.ACTS),
    *(
        path(
            f"inquiries/<uuid:inquiry_id>/samples/<int:sample_id>/{act}/",
            samples.act,
            {"act": act},
            name=f"sample_{act}",
        )
        for act in samples.ACTS
    ),
]
for kind in ("quotation", "pro_forma"):
    quotation_patterns += [
        path(f"{QUOTATION}{kind}.pdf", quotation_papers.pdf, {"kind": kind}, name=f"{kind}_pdf"),
        path(f"q/<str:token>/{kind}.pdf", quotation_papers.shared_pdf, {"kind": kind}, name=f"shared_{kind}_pdf"),
    ]
for act in answering.ACTS:
    quotation_patterns += [
        path(f"{QUOTATION}{act}/", answering.answer, {"act": act}, name=f"{act}_quotation"),
        path(f"q/<str:token>/{act}/", answering.answer_shared, {"act": act}, name=f"{act}_shared_quotation"),
    ]
urlpatterns = [
    *quotation_patterns,
    *deal_patterns,
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
    path("inquiries/<uuid:inquiry_id>/block/", blocks.block, name="block"),
    path("inquiries/<uuid:inquiry_id>/files/<int:attachment_id>/", files.document, name="file"),
    path(
        "inquiries/<uuid:inquiry_id>/files/<int:attachment_id>/<int:label>.<str:format>",
        files.rendition,
        name="rendition",
    ),
    path("inquiries/<uuid:inquiry_id>/papers/<uuid:upload_id>/", papers.paper, name="paper"),
    path("inquiries/<uuid:inquiry_id>/papers/<uuid:upload_id>/turn/", papers.turn, name="turn_paper"),
    path("sell/<slug:company>/quotations/", quotation_desk.quotations, name="quotations"),
    path("sell/<slug:company>/quotations/new/", quotation_desk.own_buyer, name="own_buyer"),
    path("sell/<slug:company>/inquiries/", desk.inbox, name="inbox"),
    path("sell/<slug:company>/inquiries/absence/", desk.absence, name="absence"),
    path("sell/<slug:company>/inquiries/blocked/", blocks.blocked, name="blocked"),
    path("sell/<slug:company>/inquiries/blocked/<int:block_id>/", blocks.unblock, name="unblock"),
    path("sell/<slug:company>/inquiries/templates/", desk.templates, name="templates"),
    path("sell/<slug:company>/inquiries/templates/<int:template_id>/", desk.template, name="template"),
    path(
        "sell/<slug:company>/inquiries/templates/<int:template_id>/delete/",
        desk.delete_template,
        name="delete_template",
    ),
]
