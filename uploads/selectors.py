"""Reads: a picture as a page shows it, and files only for those who may see them."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from core.backup.registry import StoredFile
from core.errors import NotFound
from uploads.choices import Format, UploadState
from uploads.models import Rendition, Upload
from uploads.registry import get_profile
from uploads.rules.pictures import Picture, rendition_name

CARD_LABEL = 320
FALLBACK_LABEL = 640


def build_picture(*, upload: Upload, alt: str, sizes: str) -> Picture | None:
    """Return what `components/picture.html` shows, or None while no rendition exists.

    Reads `upload.renditions` only: prefetch them, or each picture costs a query.
    """
    renditions = sorted(upload.renditions.all(), key=lambda rendition: rendition.label)
    webps = [rendition for rendition in renditions if rendition.format == Format.WEBP]
    if not webps:
        return None
    avifs = [rendition for rendition in renditions if rendition.format == Format.AVIF]
    needed = {rendition.label for rendition in webps if rendition.label >= CARD_LABEL}
    fallback = max((one for one in webps if one.label <= FALLBACK_LABEL), key=lambda one: one.label, default=webps[-1])
    return Picture(
        src=get_rendition_url(rendition=fallback),
        srcset=_write_srcset(webps),
        avif_srcset=_write_srcset(avifs) if needed <= {rendition.label for rendition in avifs} else "",
        sizes=sizes,
        width=webps[-1].width,
        height=webps[-1].height,
        alt=alt,
        placeholder_color=upload.placeholder_color,
    )


def get_rendition_url(*, rendition: Rendition) -> str:
    """Return the address of one rendition."""
    return reverse("media:rendition", args=[rendition.upload_id, rendition.label, rendition.format])


def get_failure_text(*, upload: Upload) -> str:
    """Return why the file failed, in the reader's language; "" when it did not."""
    return gettext(upload.failure) if upload.failure else ""


def get_readable_upload(*, user: User | AnonymousUser, upload_id: UUID | str) -> Upload:
    """Return a file that this person may see; raises NotFound for everybody else, as if it did not exist."""
    upload = Upload.objects.filter(pk=upload_id).prefetch_related("renditions").first()
    if upload is None or not is_readable_by(user=user, upload=upload):
        raise NotFound
    return upload


def get_rendition(*, user: User | AnonymousUser, upload_id: UUID, label: int, format: str) -> Rendition:  # noqa: A002  the model's word
    """Return a rendition with its upload, in one query when it is public; raises NotFound as `get_readable_upload` does."""
    found = Rendition.objects.select_related("upload").filter(upload_id=upload_id, label=label, format=format).first()
    if found is None or not is_readable_by(user=user, upload=found.upload):
        raise NotFound
    return found


def is_readable_by(*, user: User | AnonymousUser, upload: Upload) -> bool:
    """Public, or sent by this very person, or allowed by the app that declared the profile."""
    if upload.is_public:
        return True
    if not user.is_authenticated:
        return False
    may_read = get_profile(upload.profile).may_read
    return upload.uploaded_by_id == user.pk or (may_read is not None and may_read(user, upload))


def list_stored_files() -> Iterator[StoredFile]:
    """Stream every file that a row names, for backups and the check of files.

    An original in quarantine goes once its upload is ready: the file first, its name a moment later.
    """
    waiting = Upload.objects.exclude(quarantine="").values_list("quarantine", "byte_size", "sha256", "state")
    for name, byte_size, sha256, state in waiting.order_by("pk").iterator():
        yield StoredFile(name, byte_size, sha256, is_passing=True, is_needed=state != UploadState.READY)
    renditions = Rendition.objects.order_by("sha256", "format").values_list("sha256", "format", "byte_size").distinct()
    for sha256, made_format, byte_size in renditions.iterator():
        yield StoredFile(rendition_name(sha256=sha256, format=made_format), byte_size, sha256)


def is_any_upload_under_way() -> bool:
    """Return whether a worker makes files now, or is about to."""
    return Upload.objects.filter(state__in=[UploadState.SENT, UploadState.PROCESSING]).exists()


def _write_srcset(renditions: list[Rendition]) -> str:
    by_width: dict[int, Rendition] = {}
    for rendition in renditions:
        by_width.setdefault(rendition.width, rendition)
    return ", ".join(f"{get_rendition_url(rendition=one)} {width}w" for width, one in by_width.items())
