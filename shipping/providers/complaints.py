"""What a carrier complains of: its words read for “no service between these places” and for one of our fields.

Neither MyDHL nor FedEx documents a code for “no service”, and the table of UPS's codes is not among the sources; so words decide.
"""

import re

from shipping.choices import CarrierFailure
from shipping.providers.outcomes import Failure, tidy

NO_SERVICE = re.compile(
    r"\b(no|not)\b[^.]{0,40}\b(product|service)s?\b[^.]{0,40}\b(available|found|offered)\b"
    r"|\b(product|service|package type)s?\b[^.]{0,80}\b(unavailable|not (be )?(available|offered|found))\b"
    r"|\bnot served\b",
    re.IGNORECASE,
)
SIDES = (
    ("destination", re.compile(r"receiver|recipient|destination|ship ?to\b|consignee", re.IGNORECASE)),
    ("origin", re.compile(r"shipper|sender|origin|ship ?from\b", re.IGNORECASE)),
)
PARTS = (
    ("postcode", re.compile(r"postal|post ?code|\bzip", re.IGNORECASE)),
    ("city", re.compile(r"\bcity|city\b|cityname|\btown", re.IGNORECASE)),
    ("region", re.compile(r"state|province", re.IGNORECASE)),
    ("country", re.compile(r"country", re.IGNORECASE)),
)
FIELDS = (
    ("account", re.compile(r"account|shipper ?number", re.IGNORECASE)),
    ("pieces.weight", re.compile(r"weight", re.IGNORECASE)),
    ("pieces.size", re.compile(r"dimension|length|width|height", re.IGNORECASE)),
    ("ship_on", re.compile(r"shipping ?date|ship ?date|pickup ?date|planned", re.IGNORECASE)),
    ("customs_value", re.compile(r"customs ?value|monetary|invoice|declared", re.IGNORECASE)),
)


def read_complaint(words: str, *, status: int, code: str = "") -> Failure:
    """A refusal with status 4xx as a failure: no service, or details that were not accepted with the field where one is named."""
    said = tidy(f"{code}: {words}" if code and words else code or words)
    if NO_SERVICE.search(words):
        return Failure(CarrierFailure.NO_SERVICE, detail=said, status=status)
    return Failure(CarrierFailure.BAD_REQUEST, field=_find_field(f"{code} {words}"), detail=said, status=status)


def _find_field(words: str) -> str:
    side = next((name for name, pattern in SIDES if pattern.search(words)), "")
    part = next((name for name, pattern in PARTS if pattern.search(words)), "")
    if side and part:
        return f"{side}.{part}"
    return next((name for name, pattern in FIELDS if pattern.search(words)), part)
