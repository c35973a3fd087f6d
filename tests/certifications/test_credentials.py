"""Credentials follow certificates, and verify without anything of ours."""

import base64
import gzip
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from joserfc import jws
from joserfc.jwk import OKPKey

from certifications.models import Certificate, Credential, SigningKey, StatusList
from certifications.services.credentials import rotate_key
from certifications.services.decisions import open_recheck, undo_certificate_decision
from certifications.services.submission import withdraw_certificate
from core import jobs
from moderation.models import Decision
from tests.certifications.deciding import decide, recheck, submit, verify
from tests.certifications.seller_input import make_certificate, make_scheme
from tests.listings.factories import make_member, make_officer

pytestmark = pytest.mark.django_db

VERIFIER = Path(__file__).resolve().parents[2] / "docs" / "howto" / "verify_credential.py"
REGISTRY = jws.JWSRegistry(algorithms=["Ed25519"])


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def verified(member):
    return verify(member, make_certificate(member))


@pytest.fixture
def archive(verified, tmp_path):
    folder = tmp_path / "archive"
    call_command("credentials", "export", str(folder), stdout=io.StringIO())
    return folder


def read(jwt):
    key = OKPKey.import_key(SigningKey.objects.get(is_current=True).public_jwk)
    return json.loads(jws.deserialize_compact(jwt, key, registry=REGISTRY).payload)


def revoked_bits():
    packed = read(StatusList.objects.first().jwt)["credentialSubject"]["encodedList"]
    bits = gzip.decompress(base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4)))
    return {index for index in range(len(bits) * 8) if bits[index // 8] & 0x80 >> index % 8}


def run_verifier(folder, *, credential=None, keys="did.json", fingerprint=None, status="status.jwt"):
    """The script as a stranger runs it: isolated, elsewhere, with no path to the project."""
    credential = credential or next((folder / "credentials").iterdir())
    fingerprint = fingerprint or json.loads((folder / "index.json").read_text())[0]["fingerprint"]
    arguments = [credential, folder / keys, fingerprint, *([folder / status] if status else [])]
    done = subprocess.run(
        [sys.executable, "-I", folder / "verify_credential.py", *map(str, arguments)],
        cwd="/", env={}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.strip()


def test_a_verified_certificate_gets_one_credential(verified):
    credential = Credential.objects.get()
    content = read(credential.jwt)
    assert content["type"] == ["VerifiableCredential", "CertificateCheck"]
    assert content["issuer"]["id"] == "did:web:localhost%3A8000"
    assert content["credentialSubject"]["certificationIdentification"] == verified.number
    assert content["credentialSubject"]["methods"] == ["document", "register"]
    assert content["validUntil"] == f"{verified.valid_until}T23:59:59Z"
    header = jws.extract_compact(credential.jwt.encode()).headers()
    assert (header["alg"], header["typ"]) == ("Ed25519", "vc+jwt")


def test_what_has_no_end_has_no_end_in_its_credential(member):
    scheme = make_scheme(usual_months=None)
    verify(member, make_certificate(member, scheme=scheme, valid_until=None))
    assert "validUntil" not in read(Credential.objects.get().jwt)


def test_it_never_speaks_as_the_certification_body(verified):
    said = read(Credential.objects.get().jwt)["credentialSubject"]["description"]
    assert (
        said
        == "Volta Export Promotion Agency checked this certificate in the ways named here. It is not the issuer of the certificate."
    )


def test_the_private_key_is_read_by_its_owner_only(verified, settings):
    files = list(settings.CREDENTIAL_KEY_DIR.iterdir())
    assert [(file.stat().st_mode & 0o777, file.stem) for file in files] == [(0o600, SigningKey.objects.get().key_id)]


def test_running_the_job_again_signs_nothing_new(verified):
    jobs.enqueue("certifications.follow_certificate", key="again", certificate_id=verified.pk)
    jobs.run_due_jobs()
    assert Credential.objects.count() == 1


def test_what_is_undone_is_revoked_and_what_is_verified_anew_is_signed_anew(verified):
    decision = Decision.objects.get()
    undo_certificate_decision(decision=decision, officer=decision.officer)
    jobs.run_due_jobs()
    assert Credential.objects.filter(revoked_at=None).count() == 0
    decide(verified, officer=decision.officer, evidence_level=1)
    jobs.run_due_jobs()
    standing = Credential.objects.get(revoked_at=None)
    assert read(standing.jwt)["credentialSubject"]["evidenceLevel"] == 1
    assert revoked_bits() == {Credential.objects.exclude(revoked_at=None).get().status_index}


def test_a_withdrawn_certificate_loses_its_credential(member, verified):
    withdraw_certificate(member=member, public_id=verified.public_id)
    jobs.run_due_jobs()
    assert revoked_bits() == {Credential.objects.get().status_index}


def test_a_shipments_document_gets_no_credential(member):
    scheme = make_scheme(kind="transaction_document", paper="transaction")
    verify(member, make_certificate(member, scheme=scheme))
    assert Credential.objects.count() == 0


def test_a_new_key_signs_and_the_old_one_still_verifies(member, verified, archive, tmp_path):
    old = SigningKey.objects.get()
    new = rotate_key()
    verify(member, make_certificate(member))
    keys = {credential.key_id for credential in Credential.objects.all()}
    assert keys == {old.pk, new.pk}
    folder = tmp_path / "after"
    call_command("credentials", "export", str(folder), stdout=io.StringIO())
    of_old = folder / "credentials" / f"{Credential.objects.get(key=old).pk}.jwt"
    fingerprint = old.key_id
    assert run_verifier(folder, credential=of_old, fingerprint=fingerprint)[0] == 0


def test_a_lost_private_key_is_told_and_nothing_is_half_done(member, verified, settings):
    shutil.rmtree(settings.CREDENTIAL_KEY_DIR)
    certificate = make_certificate(member)
    submit(member, certificate)
    decide(certificate, evidence_level=1)
    jobs.run_due_jobs()
    job = jobs.Job.objects.get(name="certifications.follow_certificate", key=str(certificate.pk))
    assert "is not in the folder of keys" in job.last_error
    assert Certificate.objects.get(pk=certificate.pk).state == "verified"
    assert Credential.objects.count() == 1


def test_the_archive_verifies_without_the_site(archive):
    code, words = run_verifier(archive)
    assert (code, words.split(":")[0]) == (0, "VALID")
    assert "not revoked as of 20" in words


def test_without_a_status_list_it_says_what_it_cannot_know(archive):
    assert run_verifier(archive, status=None) == (
        3, "VALID, but whether it was revoked is unknown: no status list was given",
    )  # fmt: skip


def test_one_changed_byte_is_not_valid(archive):
    credential = next((archive / "credentials").iterdir())
    head, payload, signature = credential.read_text().split(".")
    other = archive / "changed.jwt"
    other.write_text(".".join((head, payload[:40] + ("A" if payload[40] != "A" else "B") + payload[41:], signature)))
    code, words = run_verifier(archive, credential=other)
    assert (code, words.split(":")[0]) == (1, "NOT VALID")


def test_a_set_bit_is_revoked_as_of_its_date(verified, archive, tmp_path):
    open_recheck(officer=make_officer(), certificate_id=verified.pk)
    recheck(verified, outcome="reject")
    jobs.run_due_jobs()
    (archive / "later.jwt").write_text(StatusList.objects.first().jwt)
    code, words = run_verifier(archive, status="later.jwt")
    assert code == 2
    assert words == f"REVOKED, as of {read(StatusList.objects.first().jwt)['validFrom']}"


def test_another_key_is_not_valid(archive):
    document = json.loads((archive / "did.json").read_text())
    stranger = OKPKey.generate_key("Ed25519").as_dict(private=False)
    document["verificationMethod"][0]["publicKeyJwk"].update(x=stranger["x"])
    (archive / "other.json").write_text(json.dumps(document))
    assert run_verifier(archive, keys="other.json")[0] == 1


def test_another_fingerprint_is_not_valid(archive):
    code, words = run_verifier(archive, fingerprint="abcd efgh")
    assert (code, words) == (
        1, "NOT VALID: it is signed with another key than the one whose fingerprint you typed",
    )  # fmt: skip


def test_an_archive_is_never_mixed_with_what_lies_there(verified, tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(CommandError, match="is not empty"):
        call_command("credentials", "export", str(tmp_path))
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_the_verifier_is_short_and_knows_nothing_of_ours():
    lines = VERIFIER.read_text().splitlines()
    assert len(lines) <= 60
    assert not [line for line in lines if "certifications" in line or "django" in line]
