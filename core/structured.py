"""What machines read in our pages: JSON-LD that is safe inside a script element, and whole addresses."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def write_json_ld(described: Mapping[str, Any]) -> str:
    """A schema.org description as JSON without what is missing; no text in it can end the script element."""
    known = {name: value for name, value in described.items() if value}
    return json.dumps({"@context": "https://schema.org", **known}, ensure_ascii=False).translate(ESCAPES)


def make_absolute(path: str) -> str:
    """A path as the whole address of this site."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"
