"""Official texts of HS codes come in, all of a list or none of it."""

from collections.abc import Mapping

from django.db import transaction

from reference.models import HsCode

BATCH = 1000


@transaction.atomic
def load_hs_codes(*, texts: Mapping[str, str], edition: str) -> int:
    """Put the list in the place of the edition's old one; how many codes it has."""
    HsCode.objects.filter(edition=edition).delete()
    rows = [HsCode(edition=edition, code=code, text=text) for code, text in texts.items()]
    HsCode.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)
