"""Ed25519 keys in files that only workers read, and the signatures made with them (JOSE)."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from joserfc import jws
from joserfc.jwk import OKPKey

from certifications.exceptions import SigningKeyMissing

ALGORITHM = "Ed25519"
REGISTRY = jws.JWSRegistry(algorithms=[ALGORITHM])


def make_key(folder: Path) -> tuple[str, dict[str, Any]]:
    """A new key: its private half in a file of the folder, its thumbprint (RFC 7638) and public half back."""
    key = OKPKey.generate_key("Ed25519")
    key_id = key.thumbprint()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f".{key_id}.part"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.as_pem(private=True))
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / f"{key_id}.pem")
    return key_id, dict(key.as_dict(private=False))


def sign(content: Mapping[str, Any], *, folder: Path, key_id: str, did: str) -> str:
    """A credential as a compact JWS of media type vc+jwt; raises SigningKeyMissing where the private half is not here."""
    try:
        pem = (folder / f"{key_id}.pem").read_bytes()
    except OSError as error:
        raise SigningKeyMissing(key=key_id) from error
    header = {"alg": ALGORITHM, "typ": "vc+jwt", "cty": "vc", "kid": f"{did}#{key_id}"}
    payload = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return str(jws.serialize_compact(header, payload, OKPKey.import_key(pem), registry=REGISTRY))
