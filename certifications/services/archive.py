"""An archive of credentials that verifies when the site is gone."""

import json
import shutil
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from certifications.exceptions import FolderNotEmpty
from certifications.models import Credential, SigningKey, StatusList
from certifications.rules.credentials import group_fingerprint, write_time
from certifications.selectors.proof import get_did, read_did_document

README = """Credentials of {agency}, exported on {day}.

credentials/*.jwt   one signed credential for each certificate that the agency has checked and still stands behind
did.json            the agency's public keys, those that sign no more included ({did})
keys/*.json         the same keys, one a file; the name is the key's fingerprint
status.jwt          which credentials were revoked, as of {as_of}
index.json          which credential speaks of which certificate
verify_credential.py  a program that checks one: python verify_credential.py credentials/X.jwt did.json FINGERPRINT status.jwt

The fingerprint is printed beside the QR code of each certificate's sheet. Compare it with the one on paper.
"""
VERIFIER = Path(__file__).resolve().parents[2] / "docs" / "howto" / "verify_credential.py"


def export_archive(*, folder: Path) -> int:
    """Write the archive into a folder that is new or empty, whole or not at all; how many credentials it holds.

    Raises FolderNotEmpty, and NotFound while nothing was ever signed.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(folder=folder)
    keys = read_did_document()
    part = folder.parent / f".{folder.name}.{uuid4().hex[:8]}.part"
    (part / "credentials").mkdir(parents=True)
    (part / "keys").mkdir()
    try:
        number = _write(part, keys)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return number


def _write(folder: Path, did_document: dict[str, object]) -> int:
    credentials = Credential.objects.filter(revoked_at=None).select_related(
        "certificate__scheme", "certificate__company", "key"
    )
    index = []
    for credential in credentials.order_by("issued_at").iterator():
        (folder / "credentials" / f"{credential.pk}.jwt").write_text(credential.jwt)
        index.append(_describe(credential))
    for key in SigningKey.objects.all():
        content = {
            "kid": key.key_id,
            **key.public_jwk,
            "retired": write_time(key.retired_at) if key.retired_at else None,
        }
        (folder / "keys" / f"{key.key_id}.json").write_text(json.dumps(content, indent=1))
    status = StatusList.objects.first()
    if status:
        (folder / "status.jwt").write_text(status.jwt)
    words = {
        "agency": settings.AGENCY_NAME, "day": timezone.localdate().isoformat(), "did": get_did(),
        "as_of": write_time(status.issued_at) if status else "(no list yet)",
    }  # fmt: skip
    (folder / "did.json").write_text(json.dumps(did_document, indent=1))
    (folder / "index.json").write_text(json.dumps(index, indent=1, ensure_ascii=False))
    (folder / "README.txt").write_text(README.format(**words))
    shutil.copy(VERIFIER, folder / VERIFIER.name)
    return len(index)


def _describe(credential: Credential) -> dict[str, object]:
    certificate = credential.certificate
    return {
        "file": f"credentials/{credential.pk}.jwt", "company": certificate.company.legal_name,
        "scheme": certificate.scheme.name, "number": certificate.number, "verify": certificate.public_id,
        "valid_until": certificate.valid_until.isoformat() if certificate.valid_until else None,
        "fingerprint": group_fingerprint(credential.key.key_id),
    }  # fmt: skip
