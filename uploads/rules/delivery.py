"""How a file leaves the house: plain values that any door hands to its answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from uploads.rules.documents import EXTENSIONS
from uploads.rules.kinds import PDF_TYPE

FOR_EVERYBODY = "public, max-age=31536000, immutable"
FOR_ONE_PERSON = "private, max-age=600"
FOR_THIS_ONCE = "private, no-store"
NO_GUESSING = {"X-Content-Type-Options": "nosniff"}
NO_POWERS = {"Content-Security-Policy": "sandbox; default-src 'none'"}


@dataclass(frozen=True)
class Delivery:
    """What Django's FileResponse takes besides the file: `FileResponse(file, **vars(delivery))`."""

    filename: str
    content_type: str
    as_attachment: bool
    headers: Mapping[str, str]


def deliver_original(*, name: str, content_type: str = PDF_TYPE) -> Delivery:
    """An original is only ever saved, never shown in a page of ours, and kept by no cache."""
    extension = EXTENSIONS.get(content_type, "bin")
    filename = name if name.lower().endswith((f".{extension}", ".jpeg")) else f"{name}.{extension}"
    headers = {**NO_GUESSING, **NO_POWERS, "Cache-Control": FOR_THIS_ONCE}
    return Delivery(filename=filename, content_type=content_type, as_attachment=True, headers=headers)


def deliver_rendition(*, name: str, format: str, sha256: str, is_settled: bool) -> Delivery:  # noqa: A002  the word of the model's field
    """A rendition is shown; once settled (ready and public) it never changes, so everybody may keep it."""
    cache = FOR_EVERYBODY if is_settled else FOR_ONE_PERSON
    headers = {**NO_GUESSING, "Cache-Control": cache, "ETag": f'"{sha256}"'}
    return Delivery(filename=name, content_type=f"image/{format}", as_attachment=False, headers=headers)
