"""The officers' screen: the document, the ticks, the register, records and the import of requirements."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certifications.models import Certificate, Check, Requirement
from certifications.rules.requirements import COLUMNS
from moderation.models import Case
from tests.certifications.deciding import submit, verify
from tests.certifications.seller_input import make_certificate, make_scheme
from tests.listings.factories import make_member, make_officer

pytestmark = pytest.mark.django_db

ROW = {
    "key": "eu-honey-list", "family": "honey-spices", "hs_prefixes": "0409", "origin": "", "market": "EU", "side": "origin", "kind": "law",
    "scheme": "", "document": "Country on the list", "summary": "The country must be listed.", "next_step": "Ask the authority.",
    "blocks": "yes", "lifted_by": "authority", "owner": "European Commission", "source_url": "https://example.org/list", "read_on": "2026-11-25",
}  # fmt: skip


@pytest.fixture
def officer(client):
    person = make_officer()
    client.force_login(person)
    return person


@pytest.fixture
def sent():
    member = make_member()
    scheme = make_scheme(lookup_url="https://register.example/{number}", register_name="The register")
    certificate = make_certificate(member, scheme=scheme, number="A 1/2", number_key="A12")
    submit(member, certificate)
    return Certificate.objects.get(pk=certificate.pk)


def page_of(sent):
    return reverse("admin:moderation_case", args=[Case.objects.get(kind="certificate", subject_id=str(sent.pk)).pk])


def table(*rows):
    lines = [",".join(COLUMNS), *(",".join(row[column] for column in COLUMNS) for row in rows)]
    return SimpleUploadedFile("rows.csv", "\n".join(lines).encode(), content_type="text/csv")


def test_the_screen_shows_facts_ticks_and_a_deep_link(client, officer, sent):
    text = client.get(page_of(sent)).content.decode()
    assert 'href="https://register.example/A%201%2F2"' in text
    assert "Nobody has looked beyond the document yet." in text
    assert "The holder is" in text
    assert reverse("admin:certificate_check", args=[sent.pk]) in text


def test_an_approval_from_the_page_verifies(client, officer, sent):
    answer = client.post(page_of(sent), {"outcome": "approve", "evidence_level": "1"})
    assert answer.status_code == 302
    assert Certificate.objects.get(pk=sent.pk).state == "verified"


def test_a_level_that_nothing_shows_is_not_offered(client, officer, sent):
    answer = client.post(page_of(sent), {"outcome": "approve", "evidence_level": "2"})
    assert answer.status_code == 422
    assert Certificate.objects.get(pk=sent.pk).state == "submitted"


def test_a_result_is_captured_and_leads_back_to_the_case(client, officer, sent):
    url = reverse("admin:certificate_check", args=[sent.pk])
    answer = client.post(url, {"method": "register", "result": "confirmed", "text": "Golden, valid"})
    assert answer["Location"] == page_of(sent)
    assert Check.objects.get().officer == officer


def test_a_result_without_evidence_keeps_what_was_typed(client, officer, sent):
    url = reverse("admin:certificate_check", args=[sent.pk])
    answer = client.post(
        url, {"method": "issuer", "result": "confirmed", "text": "", "url": "https://register.example/"}
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Paste what stands in the register" in text
    assert 'value="https://register.example/"' in text
    assert Check.objects.count() == 0


def test_a_draft_that_nobody_sent_is_unknown_to_officers(client, officer):
    draft = make_certificate(make_member())
    assert client.get(reverse("admin:certificate_check", args=[draft.pk])).status_code == 404
    assert client.get(reverse("admin:certifications_certificate_change", args=[draft.pk])).status_code == 302


def test_a_record_opens_a_case_of_doubt(client, officer):
    member = make_member()
    certificate = verify(member, make_certificate(member))
    text = client.get(reverse("admin:certifications_certificate_change", args=[certificate.pk])).content.decode()
    url = reverse("admin:certificate_doubt", args=[certificate.pk])
    assert url in text
    answer = client.post(url)
    assert answer["Location"] == reverse("admin:moderation_case", args=[Case.objects.get(kind="recheck").pk])


def test_an_import_first_says_what_it_would_do(client, officer):
    url = reverse("admin:requirements_import")
    text = client.post(url, {"file": table(ROW), "then": "try"}).content.decode()
    assert "One new" in text
    assert Requirement.objects.filter(key="eu-honey-list").count() == 0


def test_one_faulty_row_writes_nothing(client, officer):
    url = reverse("admin:requirements_import")
    faulty = ROW | {"key": "eu-soap", "market": "XX", "hs_prefixes": "honey", "lifted_by": "", "read_on": "25.11.2026"}
    answer = client.post(url, {"text": table(ROW, faulty).read().decode(), "then": "import"})
    assert answer.status_code == 422
    assert Requirement.objects.filter(key__startswith="eu-").exclude(pk__lt=0).filter(key="eu-honey-list").count() == 0
    text = client.post(url, {"file": table(ROW, faulty), "then": "try"}).content.decode()
    for words in (
        "“XX” is not known as market.",
        "“honey” is no HS code.",
        "must say who can lift it",
        "“25.11.2026” is no day.",
    ):
        assert words in text


def test_an_import_adds_changes_and_leaves_alone(client, officer):
    url = reverse("admin:requirements_import")
    client.post(url, {"text": table(ROW).read().decode(), "then": "import"})
    other = ROW | {"owner": "The Commission"}
    text = client.post(url, {"file": table(other), "then": "try"}).content.decode()
    assert "One changed" in text
    client.post(url, {"text": table(other).read().decode(), "then": "import"})
    assert Requirement.objects.get(key="eu-honey-list").owner == "The Commission"


def test_a_table_in_another_encoding_is_refused_in_words(client, officer):
    file = SimpleUploadedFile("rows.csv", "key;größe".encode("latin-1"))
    answer = client.post(reverse("admin:requirements_import"), {"file": file, "then": "try"})
    assert (answer.status_code, "not in UTF-8" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("model", ["scheme", "issuer", "requirement"])
def test_officers_keep_the_records(client, officer, model):
    assert client.get(reverse(f"admin:certifications_{model}_add")).status_code == 200
    assert client.get(reverse(f"admin:certifications_{model}_changelist")).status_code == 200
