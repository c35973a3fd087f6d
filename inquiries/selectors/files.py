"""The bytes of a thread's files. Who may have them is decided by the seat, before."""

from typing import Any

from django.core.files.base import File

from core.errors import NotFound
from inquiries.models import Attachment
from uploads import selectors as upload_reads
from uploads.adapters.store import open_stored
from uploads.choices import Format
from uploads.rules.pictures import rendition_name


def get_thread_rendition(*, attachment: Attachment, label: int, format: str) -> File[bytes]:  # noqa: A002  the model's word
    """Open one rendition of a picture; raises NotFound, and FileNotFoundError when the store has lost it."""
    found = attachment.upload.renditions.filter(label=label, format=format).first() if format in Format.values else None
    if found is None:
        raise NotFound
    return open_stored(rendition_name(sha256=found.sha256, format=found.format))


def open_document(*, attachment: Attachment) -> Any:
    """Open a document as it was sent; raises NotFound for what is kept as renditions only.

    Uploads know no documents yet: until they offer `open_original`, nothing is found.
    """
    open_original = getattr(upload_reads, "open_original", None)
    if open_original is None or attachment.upload.renditions.exists():
        raise NotFound
    return open_original(upload=attachment.upload)
