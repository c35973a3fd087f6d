"""What was sent: where it stands, its history, its original, taking it back."""

import pytest
from django.utils import timezone

from certifications.models import Certificate
from certifications.services.decisions import decide_certificate
from certifications.services.submission import submit_certificate
from core import jobs
from moderation.choices import Outcome
from moderation.models import Case
from moderation.rules import Ruling
from storefronts.choices import Role
from tests.certifications.seller_input import make_certificate, make_scheme, pdf_file, text, typed, url
from tests.listings.factories import make_member, make_officer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def client(client, member):
    client.force_login(member.user)
    return client


@pytest.fixture
def sent(member):
    certificate = make_certificate(member)
    return submit_certificate(member=member, public_id=certificate.public_id, version=f"{certificate.pk}.1")


def decide(outcome, note="", **details):
    ruling = Ruling(outcome=outcome, note=note, details=details)
    return decide_certificate(case=Case.objects.open().get(), officer=make_officer(), ruling=ruling)


def test_what_waits_can_be_read_and_taken_back(client, sent):
    body = text(client.get(url(sent)))
    assert "An officer is checking it" in body
    assert "Sent to the agency" in body
    assert "<textarea" not in body
    assert "Take it back from the agency?" in text(client.get(url(sent, "withdraw")))
    assert client.post(url(sent, "withdraw")).url == url(sent)
    sent.refresh_from_db()
    assert (sent.state, Case.objects.get().state) == ("draft", "withdrawn")


def test_a_verified_one_says_who_checked_it_how_and_until_when(client, sent):
    decide(Outcome.APPROVE, evidence_level=1)
    sent.refresh_from_db()
    body = text(client.get(url(sent)))
    assert "Document seen by an officer" in body
    assert "Checked by " in body
    assert f"Valid until {sent.valid_until.day} {sent.valid_until:%b %Y}." in body
    assert f'href="/verify/{sent.public_id}/"' in body
    assert f"?replaces={sent.public_id}" in body


def test_a_verified_one_is_withdrawn_for_good_and_asked_once(client, sent):
    decide(Outcome.APPROVE, evidence_level=1)
    assert "Withdraw for good" in text(client.get(url(sent, "withdraw")))
    client.post(url(sent, "withdraw"))
    sent.refresh_from_db()
    assert sent.state == "withdrawn"
    assert "Withdrawn by your company" in text(client.get(url(sent)))
    assert client.post(url(sent, "withdraw")).status_code == 409


def test_changes_asked_for_open_the_form_again_with_the_officers_note(client, sent):
    decision = decide(Outcome.CHANGES, note="The second page is missing.")
    body = text(client.get(url(sent)))
    assert "The second page is missing." in body
    assert "<textarea" in body
    assert f"/appeals/{decision.pk}/" in body or "Appeal this decision" in body


def test_a_rejected_one_shows_the_note_and_the_way_to_appeal(client, sent):
    decide(Outcome.REJECT, note="It names another firm.")
    body = text(client.get(url(sent)))
    assert "It names another firm." in body
    assert "Appeal this decision" in body
    assert ">Rejected</span>" in body


def test_a_revoked_one_says_since_when_and_why(client, member):
    fields = {"revoked_at": timezone.now(), "revoked_because": "The issuer withdrew it"}
    certificate = make_certificate(member, state="revoked", **fields)
    body = text(client.get(url(certificate)))
    assert "The issuer withdrew it" in body
    assert "no longer confirms it since" in body


def test_a_shipments_document_has_no_public_page(client, member):
    scheme = make_scheme(kind="transaction_document", paper="transaction", name="Phytosanitary")
    body = text(client.get(url(make_certificate(member, scheme=scheme, state="verified"))))
    assert "It belongs to one shipment" in body
    assert "/verify/" not in body


def test_of_an_unverified_company_nothing_is_public_yet(client, member):
    member.company.state = "draft"
    member.company.save()
    body = text(client.get(url(make_certificate(member, state="verified"))))
    assert "Everybody sees it once your company is verified." in body
    assert "/verify/" not in body


def test_members_save_the_original_as_it_was_sent(client, member):
    certificate = make_certificate(member, files=0)
    file = pdf_file()
    content = file.read()
    file.seek(0)
    client.post(url(certificate), typed(certificate, send_files="1", files=[file]))
    jobs.run_due_jobs()
    address = url(certificate, "file", certificate.files.get().upload_id)
    client.force_login(make_member(company=member.company, role=Role.VIEWER).user)
    response = client.get(address)
    assert b"".join(response) == content
    assert response["Content-Disposition"] == 'attachment; filename="organic.pdf"'
    client.force_login(make_user())
    assert client.get(address).status_code == 404


def test_a_file_of_another_certificate_is_not_there(client, member):
    foreign = make_certificate()
    own = make_certificate(member)
    assert client.get(url(own, "file", foreign.files.get().upload_id)).status_code == 404


def test_a_draft_is_deleted_and_asked_once(client, member):
    certificate = make_certificate(member)
    assert "Delete this draft?" in text(client.get(url(certificate, "delete")))
    client.post(url(certificate, "delete"))
    assert Certificate.objects.count() == 0


def test_what_officers_have_seen_is_not_deleted(client, sent):
    assert client.post(url(sent, "delete")).status_code == 409
    assert Certificate.objects.count() == 1


def test_a_viewer_takes_nothing_back(client, sent, member):
    client.force_login(make_member(company=member.company, role=Role.VIEWER).user)
    assert client.post(url(sent, "withdraw")).status_code == 403
    sent.refresh_from_db()
    assert sent.state == "submitted"
    assert 'href="' + url(sent, "withdraw") not in text(client.get(url(sent)))
