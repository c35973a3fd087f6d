"""The last ticks of a certificate, kept beside it for the pages that show them."""

from dataclasses import asdict
from datetime import date

from certifications.models import Certificate
from certifications.selectors.fit import judge_certificate


def write_fit(*, certificate: Certificate, day: date) -> None:
    """Judge a certificate anew and keep the ticks, in the caller's transaction."""
    certificate.fit = [asdict(tick) for tick in judge_certificate(certificate=certificate, day=day)]
    certificate.save(update_fields=["fit"])


def list_failing(*, certificate: Certificate) -> set[str]:
    """Names of the ticks that fail, as they were last judged."""
    return {tick["name"] for tick in certificate.fit if tick["result"] == "fail"}
