"""Check a credential without the site that issued it: verify_credential.py CREDENTIAL KEYS FINGERPRINT [STATUS].

CREDENTIAL and STATUS are .jwt files, KEYS is did.json; FINGERPRINT is printed beside the QR code. Needs: pip install joserfc.
Exit code 0: valid. 1: not valid. 2: revoked. 3: valid as far as can be told, but no status list was given.
"""

import base64
import gzip
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from joserfc import jws
from joserfc.jwk import OKPKey

REGISTRY = jws.JWSRegistry(algorithms=["Ed25519"])


def read(path, keys, fingerprint=None):
    """The content of a signed file; any error means that it does not hold."""
    token = Path(path).read_text().strip()
    kid = jws.extract_compact(token.encode()).headers()["kid"].rpartition("#")[2]
    if fingerprint and fingerprint.replace(" ", "") != kid:
        raise ValueError("it is signed with another key than the one whose fingerprint you typed")
    methods = {method["id"].rpartition("#")[2]: method["publicKeyJwk"] for method in keys["verificationMethod"]}
    key = OKPKey.import_key({name: methods[kid][name] for name in ("kty", "crv", "x")})
    if key.thumbprint() != kid:
        raise ValueError("the key is not the one that its name says")
    return json.loads(jws.deserialize_compact(token, key, registry=REGISTRY).payload)


def check(credential_path, keys_path, fingerprint, status_path=None):
    keys = json.loads(Path(keys_path).read_text())
    said = read(credential_path, keys, fingerprint)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if said["issuer"]["id"] != keys["id"]:
        raise ValueError("the keys belong to somebody else than the issuer")
    if not said["validFrom"] <= now <= said.get("validUntil", now):
        raise ValueError(f"it was valid from {said['validFrom']} until {said.get('validUntil')}")
    if status_path is None:
        return 3, "VALID, but whether it was revoked is unknown: no status list was given"
    status, entry, about = read(status_path, keys), said["credentialStatus"], said["credentialSubject"]
    if status["id"] != entry["statusListCredential"] or status["issuer"] != keys["id"]:
        raise ValueError("the status list is not the one that the credential names")
    packed, index = status["credentialSubject"]["encodedList"][1:], int(entry["statusListIndex"])
    bits = gzip.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    as_of = f"as of {status['validFrom']}"
    if bits[index // 8] & 0x80 >> index % 8:
        return 2, f"REVOKED, {as_of}"
    return 0, f"VALID: {about['name']}, {about['certificationIdentification']}; not revoked {as_of}"


if __name__ == "__main__":
    try:
        code, sentence = check(*sys.argv[1:5])
    except Exception as error:  # whatever is wrong with it, it is not valid
        code, sentence = 1, f"NOT VALID: {error}"
    print(sentence)
    sys.exit(code)
