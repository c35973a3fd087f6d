"""Schemes and issuers, certificates and their checks, proofs that others can verify, what markets ask for."""

from certifications.models.certificate import (
    Certificate,
    CertificateFile,
    CertificateQuerySet,
    Check,
    GroupMember,
)
from certifications.models.market import Requirement
from certifications.models.proof import Credential, SigningKey, StatusList
from certifications.models.scheme import Accreditation, Issuer, Scheme

__all__ = [
    "Accreditation",
    "Certificate",
    "CertificateFile",
    "CertificateQuerySet",
    "Check",
    "Credential",
    "GroupMember",
    "Issuer",
    "Requirement",
    "Scheme",
    "SigningKey",
    "StatusList",
]
