"""Certification bodies that we know."""

from django.db.models import QuerySet

from certifications.models import Issuer


def list_issuers() -> QuerySet[Issuer]:
    """Certification bodies in use, by name."""
    return Issuer.objects.filter(is_active=True)


def find_issuer(*, name: str) -> Issuer | None:
    """The known issuer of this printed name or alias, whatever its capitals; None where nobody is known by it."""
    wanted = " ".join(name.split()).casefold()
    for issuer in list_issuers():
        if wanted in {issuer.name.casefold(), *(alias.casefold() for alias in issuer.aliases)}:
            return issuer
    return None
