"""Where everybody checks a certificate: what it says in each standing, and what it keeps to itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certifications.models import Certificate, Credential
from certifications.services.decisions import open_recheck
from certifications.services.submission import withdraw_certificate
from core import jobs
from storefronts.models import Company
from tests.certifications.deciding import recheck, submit, verify
from tests.certifications.seller_input import make_certificate, make_scheme
from tests.listings.factories import make_member, make_officer

pytestmark = pytest.mark.django_db

SEAL = 'class="cert-mark"'


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def verified(member):
    return verify(member, make_certificate(member))


def show(client, certificate, name="verify"):
    return client.get(reverse(f"certificates:{name}", args=[certificate.public_id]))


def read(answer):
    return " ".join(answer.content.decode().split())


def test_a_valid_one_says_who_checked_how_when_and_until(client, verified):
    answer = show(client, verified)
    text = read(answer)
    assert answer.status_code == 200
    assert SEAL in text
    assert "Confirmed by the issuer or its register" in text
    assert "Looked up in the register: confirmed" in text
    assert f'<time datetime="{verified.valid_until}">' in text
    assert reverse("credentials:credential", args=[Credential.objects.get().pk]) in text


def test_a_document_that_was_only_seen_has_no_seal(client, member):
    certificate = verify(member, make_certificate(member), level=1)
    text = read(show(client, certificate))
    assert "Document seen by an officer" in text
    assert SEAL not in text


def test_an_ended_one_says_so_and_offers_no_proof(client, verified):
    yesterday = timezone.localdate() - timedelta(1)
    Certificate.objects.filter(pk=verified.pk).update(valid_until=yesterday)
    text = read(show(client, verified))
    assert "Expired" in text
    assert SEAL not in text
    assert show(client, verified, "sheet").status_code == 404
    assert show(client, verified, "code").status_code == 404


def test_the_last_day_still_counts(client, verified):
    Certificate.objects.filter(pk=verified.pk).update(valid_until=timezone.localdate())
    assert SEAL in read(show(client, verified))


def test_a_revoked_one_gives_day_and_reason(client, verified):
    open_recheck(officer=make_officer(), certificate_id=verified.pk)
    recheck(verified, outcome="reject")
    jobs.run_due_jobs()
    text = read(show(client, verified))
    assert "The issuer has withdrawn or suspended it" in text
    assert SEAL not in text
    assert client.get(reverse("credentials:credential", args=[Credential.objects.get().pk])).status_code == 404


def test_a_withdrawn_one_stands_behind_nothing(client, member, verified):
    withdraw_certificate(member=member, public_id=verified.public_id)
    text = read(show(client, verified))
    assert "The company has withdrawn it." in text
    assert SEAL not in text


def test_of_a_suspended_company_nothing_is_confirmed(client, member, verified):
    Company.objects.filter(pk=member.company_id).update(state="suspended")
    text = read(show(client, verified))
    assert "Not confirmed at present" in text
    assert verified.number not in text
    assert show(client, verified, "sheet").status_code == 404
    assert client.get(reverse("credentials:credential", args=[Credential.objects.get().pk])).status_code == 404


def test_what_was_never_verified_is_unknown(client, member):
    waiting = make_certificate(member)
    submit(member, waiting)
    answer = show(client, waiting)
    assert answer.status_code == 404
    assert "We know no certificate" in read(answer)
    assert waiting.number not in read(answer)


def test_a_shipments_document_has_no_page(client, member):
    scheme = make_scheme(kind="transaction_document", paper="transaction")
    certificate = verify(member, make_certificate(member, scheme=scheme))
    assert show(client, certificate).status_code == 404


def test_an_audit_report_is_never_called_a_certificate(client, member):
    scheme = make_scheme(kind="social_audit", paper="audit_report", name="Audit of the Union")
    text = read(show(client, verify(member, make_certificate(member, scheme=scheme))))
    assert '<span class="tag">Audit report</span>' in text


def test_a_code_is_found_in_small_letters_and_a_number_with_other_signs(client, verified):
    url = reverse("certificates:look_up")
    assert client.get(url, {"number": verified.public_id.lower()})["Location"] == verified.get_absolute_url()
    assert (
        client.get(url, {"number": f" {verified.number.replace('-', ' ')} "})["Location"] == verified.get_absolute_url()
    )


def test_an_unknown_number_is_said_plainly(client, verified):
    answer = client.get(reverse("certificates:look_up"), {"number": "<b>no</b>"})
    assert answer.status_code == 404
    assert "We know no certificate “&lt;b&gt;no&lt;/b&gt;”" in read(answer)


def test_the_sheet_holds_code_and_fingerprint(client, verified):
    text = read(show(client, verified, "sheet"))
    credential = Credential.objects.select_related("key").get()
    assert credential.key.key_id[:4] in text
    assert reverse("certificates:code", args=[verified.public_id]) in text
    code = show(client, verified, "code")
    assert (code["Content-Type"], b"<svg" in code.content, b"style=" in code.content) == ("image/svg+xml", True, False)


def test_machines_find_keys_status_and_credential(client, verified):
    keys = client.get("/.well-known/did.json").json()
    assert keys["id"] == "did:web:localhost%3A8000"
    assert client.get(reverse("credentials:status"))["Content-Type"] == "application/vc+jwt"
    credential = client.get(reverse("credentials:credential", args=[Credential.objects.get().pk]))
    assert (credential.status_code, credential["Content-Type"]) == (200, "application/vc+jwt")


def test_before_the_first_signature_there_are_no_keys(client):
    assert client.get("/.well-known/did.json").status_code == 404
    assert client.get(reverse("credentials:status")).status_code == 404


def test_the_page_needs_the_same_few_queries(client, verified, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        show(client, verified)
