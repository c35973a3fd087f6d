"""Papers of a product through the client: sent, described, seen by an officer, read by buyers."""

import io
from datetime import date

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from listings.choices import ListingState
from listings.exceptions import DocumentsNotReady
from listings.models import ListingDocument
from listings.selectors.changes import judge_revision
from listings.selectors.comparison import build_comparison
from listings.services.decisions import decide_revision
from listings.services.submission import submit_revision
from moderation.models import Case
from moderation.rules import Ruling
from tests.listings.editor_input import save_before, text, url, version
from tests.listings.factories import add_picture, make_listing, make_member
from uploads.adapters.store import store_once
from uploads.models import Upload
from uploads.rules.documents import original_name

pytestmark = pytest.mark.django_db
GOOD_GTIN, OTHER_GTIN = "4006381333931", "5901234123457"


@pytest.fixture
def client(client, member):
    client.force_login(member.user)
    return client


@pytest.fixture
def draft(member):
    return make_listing(company=member.company, state=ListingState.DRAFT)


def pdf(name="report.pdf"):
    content, made = io.BytesIO(), pikepdf.new()
    made.add_blank_page()
    made.save(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")


def add_paper(client, listing):
    client.post(url(listing, "documents"), {"version": version(listing), "documents": [pdf()]})
    return listing.revisions.order_by("-number").first().documents.get()


def paper(document, **fields):
    values = {"kind": "specification", "title": "Sheet", "visibility": "public"} | fields
    return {f"document-{document.upload_id}-{name}": value for name, value in values.items()}


def test_a_document_is_added_without_javascript_and_read_by_nobody_yet(client, draft):
    response = client.post(url(draft, "documents"), {"version": version(draft), "documents": [pdf("Lab 7.pdf")]})
    assert response.status_code == 302
    document = ListingDocument.objects.get()
    assert (document.title, document.kind, document.visibility, document.evidence_level) == (
        "Lab 7",
        "other",
        "buyer",
        0,
    )


def test_a_laboratory_report_names_lot_laboratory_and_date(client, draft):
    document = add_paper(client, draft)
    body = {"version": version(draft)} | paper(document, kind="lab_report")
    response = client.post(url(draft, "documents"), body)
    assert response.status_code == 422
    for message in ("Give the lot that was tested", "Name the laboratory.", "Give the date of the report."):
        assert message in text(response)
    facts = {"lot": "L-7", "issued_by": "Ho Laboratory", "issued_on": "2026-10-02"}
    client.post(url(draft, "documents"), {"version": version(draft)} | paper(document, kind="lab_report", **facts))
    document.refresh_from_db()
    assert (document.kind, document.lot, document.issued_on) == ("lab_report", "L-7", date(2026, 10, 2))


def test_days_that_cannot_be_are_refused(client, draft):
    document = add_paper(client, draft)
    ahead = client.post(url(draft, "documents"), {"version": version(draft)} | paper(document, issued_on="2199-01-01"))
    assert "This day lies ahead." in text(ahead)
    before = paper(document, issued_on="2026-05-01", valid_until="2026-04-01")
    assert "It ends before it was issued." in text(
        client.post(url(draft, "documents"), {"version": version(draft)} | before)
    )


def test_a_file_that_is_no_document_is_refused_with_its_reason(client, draft):
    wrong = SimpleUploadedFile("virus.exe", b"MZ\x90\x00", content_type="application/octet-stream")
    response = client.post(url(draft, "documents"), {"version": version(draft), "documents": [wrong]})
    assert response.status_code == 422
    assert "virus.exe" in text(response)
    assert ListingDocument.objects.count() == 0


def test_a_document_removed_twice_is_told(client, draft):
    document = add_paper(client, draft)
    body = {"version": version(draft), "remove_document": str(document.upload_id)}
    assert client.post(url(draft, "documents"), body).status_code == 302
    again = client.post(url(draft, "documents"), body)
    assert "This document was removed in the meantime." in text(again)


@pytest.mark.parametrize("service", ["add_documents", "remove_document"])
def test_a_colleague_who_saves_just_before_a_paper_is_not_written_over(client, draft, member, monkeypatch, service):
    document = add_paper(client, draft)
    acts = {
        "add_documents": {"documents": [pdf("Lab 7.pdf")]},
        "remove_document": {"remove_document": str(document.upload_id)},
    }
    body = {"version": version(draft)} | paper(document, title="Mine") | acts[service]
    save_before(monkeypatch, service, member=make_member(company=member.company), listing=draft)
    response = client.post(url(draft, "documents"), body)
    revision = draft.revisions.get()
    assert (response.status_code, revision.title) == (409, "A colleague's")
    assert not revision.documents.filter(title="Mine").exists()


def send_and_approve(listing, member, officer):
    submit_revision(member=member, listing_id=listing.pk)
    decide_revision(case=Case.objects.latest("pk"), officer=officer, ruling=Ruling("approve"))
    listing.refresh_from_db()


@pytest.mark.parametrize(("visibility", "status"), [("public", 200), ("inquiry", 404), ("buyer", 404)])
def test_strangers_read_public_papers_once_an_officer_has_seen_them(client, member, officer, visibility, status):
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    add_picture(listing.revisions.get())
    document = add_paper(client, listing)
    client.post(url(listing, "documents"), {"version": version(listing)} | paper(document, visibility=visibility))
    store_once(original_name(sha256=document.upload.sha256), b"%PDF-1.7")
    Upload.objects.filter(pk=document.upload_id).update(state="ready", pages=1)
    address = reverse("catalogue:document", args=[listing.pk, document.upload_id])
    client.logout()
    assert client.get(address).status_code == 404
    send_and_approve(listing, member, officer)
    assert ListingDocument.objects.get().evidence_level == 1
    page = text(client.get(listing.get_absolute_url()))
    assert "Seen by an officer" in page
    assert (address in page) is (visibility == "public")
    response = client.get(address)
    assert response.status_code == status
    assert response.streaming is False or response.getvalue() == b"%PDF-1.7"


def test_what_an_officer_saw_is_unseen_once_it_says_something_else(client, draft, officer):
    document = add_paper(client, draft)
    ListingDocument.objects.update(seen_at=timezone.now(), seen_by=officer)
    client.post(
        url(draft, "documents"), {"version": version(draft)} | paper(document, title=document.title, kind="other")
    )
    document.refresh_from_db()
    assert (document.visibility, document.evidence_level) == ("public", 1)
    client.post(url(draft, "documents"), {"version": version(draft)} | paper(document, title="Another", kind="other"))
    document.refresh_from_db()
    assert document.evidence_level == 0


def test_the_officer_opens_every_paper_from_the_case(client, member, officer):
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    document = add_paper(client, listing)
    Upload.objects.filter(pk=document.upload_id).update(state="ready", pages=1)
    submit_revision(member=member, listing_id=listing.pk)
    (row,) = [row for row in build_comparison(case=Case.objects.latest("pk")).rows if row.kind == "link"]
    address = reverse("media:original", args=[document.upload_id])
    assert [link.url for link in row.after] == [address]
    client.force_login(officer)
    case = reverse("admin:moderation_case", args=[Case.objects.latest("pk").pk])
    assert f'href="{address}"' in text(client.get(case))


def test_a_product_whose_paper_cannot_be_opened_is_not_sent(client, member):
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    add_paper(client, listing)
    with pytest.raises(DocumentsNotReady):
        submit_revision(member=member, listing_id=listing.pk)
    assert listing.revisions.get().state == "draft"


def test_who_may_read_a_paper_changes_at_once_and_the_exporter_is_told(client, member, officer):
    listing = make_listing(company=member.company, state=ListingState.DRAFT)
    document = add_paper(client, listing)
    client.post(url(listing, "documents"), {"version": version(listing)} | paper(document))
    Upload.objects.filter(pk=document.upload_id).update(state="ready", pages=1)
    send_and_approve(listing, member, officer)
    client.post(url(listing, "documents"), {"version": version(listing)} | paper(document, visibility="buyer"))
    verdict = judge_revision(revision=listing.revisions.order_by("-number").first())
    assert ([change.kind for change in verdict.changes], verdict.waits) == (["readers"], False)
    assert "Who may read documents" in text(client.get(url(listing, "review")))
    submit_revision(member=member, listing_id=listing.pk)
    listing.refresh_from_db()
    assert [row.visibility for row in listing.live_revision.documents.all()] == ["buyer"]


def test_a_product_has_at_most_twelve_documents_also_when_they_come_at_once(client, draft):
    files = [pdf(f"Sheet {number}.pdf") for number in range(1, 14)]
    response = client.post(url(draft, "documents"), {"version": version(draft), "documents": files})
    assert response.status_code == 422
    assert "Sheet 13.pdf was not added: a product has at most 12 documents." in text(response)
    assert ListingDocument.objects.count() == 12
