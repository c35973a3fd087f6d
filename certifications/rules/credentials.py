"""What the agency attests in a credential, and how its standing is told: W3C documents as plain dictionaries.

Verifiable Credentials Data Model 2.0, Bitstring Status List 1.0, DID Core with the did:web method. We attest that the
agency checked a certificate in a way on a day; we never speak as the certification body.
"""

import base64
import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlsplit

CONTEXT = "https://www.w3.org/ns/credentials/v2"
STATUS_BITS = 131_072
"""16 KB: the least that the specification allows, so that one bit tells nothing about whom it speaks of."""
TERMS = {
    "@vocab": "https://schema.org/",
    "CertificateCheck": "https://schema.org/AssessAction",
    "evidenceLevel": "https://schema.org/reviewRating",
    "checkedOn": "https://schema.org/dateCreated",
    "checkedBy": "https://schema.org/agent",
    "methods": "https://schema.org/measurementTechnique",
}
"""Our few words, tied to schema.org; they stand in the credential itself, so that it needs no page of ours to be read."""


@dataclass(frozen=True)
class Attested:
    """What is said in a credential. `checked_on`: when an officer decided; `methods`: values of `CheckMethod`, and document."""

    certificate_url: str
    agency: str
    company: str
    country: str
    scheme: str
    paper: str
    issuer: str
    number: str
    holder: str
    scope: str
    valid_from: date
    valid_until: date | None
    level: int
    methods: tuple[str, ...]
    checked_on: datetime


def name_did(site_url: str) -> str:
    """did:web of a site: its host, and its port with the colon encoded."""
    return f"did:web:{quote(urlsplit(site_url).netloc, safe='.-')}"


def build_credential(
    said: Attested, *, did: str, credential_url: str, status_url: str, status_index: int
) -> dict[str, Any]:
    """The credential before it is signed. It is valid from the check until the last second of the certificate's last day."""
    credential: dict[str, Any] = {
        "@context": [CONTEXT, TERMS],
        "id": credential_url,
        "type": ["VerifiableCredential", "CertificateCheck"],
        "issuer": {"id": did, "name": said.agency},
        "validFrom": write_time(said.checked_on),
        "credentialSubject": _describe(said),
        "credentialStatus": {
            "id": f"{status_url}#{status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(status_index),
            "statusListCredential": status_url,
        },
    }
    if said.valid_until:
        credential["validUntil"] = f"{said.valid_until.isoformat()}T23:59:59Z"
    return credential


def _describe(said: Attested) -> dict[str, Any]:
    return {
        "id": said.certificate_url,
        "type": "Certification",
        "description": f"{said.agency} checked this {said.paper.lower()} in the ways named here. It is not the issuer of the {said.paper.lower()}.",
        "checkedBy": said.agency,
        "checkedOn": write_time(said.checked_on),
        "methods": list(said.methods),
        "evidenceLevel": said.level,
        "name": said.scheme,
        "certificationIdentification": said.number,
        "issuedBy": {"type": "Organization", "name": said.issuer},
        "holder": said.holder,
        "about": {"type": "Organization", "name": said.company, "addressCountry": said.country},
        "scope": said.scope,
        "datePublished": said.valid_from.isoformat(),
        "expires": said.valid_until.isoformat() if said.valid_until else None,
    }


def build_status_list(
    *, did: str, status_url: str, revoked: Iterable[int], now: datetime, until: datetime
) -> dict[str, Any]:
    """The credential that tells which credentials were revoked, as of `now`; a new one follows before `until`."""
    return {
        "@context": [CONTEXT],
        "id": status_url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": write_time(now),
        "validUntil": write_time(until),
        "credentialSubject": {
            "id": f"{status_url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode_bits(revoked),
        },
    }


def encode_bits(revoked: Iterable[int]) -> str:
    """Bits as the specification packs them: index 0 is the left-most bit; gzip, then multibase base64url ("u")."""
    bits = bytearray(STATUS_BITS // 8)
    for index in revoked:
        bits[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def build_did_document(*, did: str, keys: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Every key that ever signed: `keys` hold key_id, public_jwk and retired_at (or None). Retired ones no longer assert."""
    methods = []
    for key in keys:
        method = {
            "id": f"{did}#{key['key_id']}", "type": "JsonWebKey", "controller": did,
            "publicKeyJwk": {**key["public_jwk"], "kid": key["key_id"], "alg": "Ed25519"},
        }  # fmt: skip
        if key["retired_at"]:
            method["expires"] = write_time(key["retired_at"])
        methods.append(method)
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [f"{did}#{key['key_id']}" for key in keys],
    }


def group_fingerprint(key_id: str) -> str:
    """A thumbprint in groups of four, to be compared by eye."""
    return " ".join(key_id[start : start + 4] for start in range(0, len(key_id), 4))


def write_time(moment: datetime) -> str:
    """Seconds in UTC, as the data model wants them."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
