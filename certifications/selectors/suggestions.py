"""What the document itself says, for fields that nobody has filled."""

from dataclasses import asdict
from typing import Any

from certifications.models import Certificate
from certifications.rules.reading import read_certificate
from certifications.selectors.issuers import list_issuers
from uploads.choices import UploadState


def suggest_values(*, certificate: Certificate) -> dict[str, Any]:
    """Values that were read in its files, by field, for a person to check; what was not found is left out. Two queries."""
    rows = certificate.files.select_related("upload").filter(upload__state=UploadState.READY).exclude(upload__text="")
    text = "\n".join(row.upload.text for row in rows)
    if not text:
        return {}
    issuers = [(issuer.name, issuer.aliases) for issuer in list_issuers()]
    return {name: value for name, value in asdict(read_certificate(text, issuers=issuers)).items() if value}
