"""Reads: a picture as a page shows it, and files only for those who may see them."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.files import File
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from core.backup.registry import StoredFile
from core.errors import NotFound
from uploads.adapters.store import open_stored
from uploads.choices import Format, Kind, UploadState
from uploads.models import Arrival, Piece, Rendition, Upload
from uploads.registry import get_profile, list_keeping_profiles
from uploads.rules.delivery import Delivery, deliver_original, deliver_rendition
from uploads.rules.documents import original_name
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


def list_pages(*, upload: Upload, sizes: str) -> list[Picture]:
    """The pages of a document, or the picture itself, as pictures in order. Reads `upload.renditions` only: prefetch them."""
    if upload.kind == Kind.PICTURE:
        picture = build_picture(upload=upload, alt=upload.name, sizes=sizes)
        return [picture] if picture else []
    pages: dict[int, list[Rendition]] = {}
    for rendition in sorted(upload.renditions.all(), key=lambda one: (one.page, one.label)):
        pages.setdefault(rendition.page, []).append(rendition)
    return [_build_page(number, made, upload.pages or len(pages), sizes) for number, made in sorted(pages.items())]


def _build_page(number: int, made: list[Rendition], total: int, sizes: str) -> Picture:
    return Picture(
        src=get_rendition_url(rendition=made[0]), srcset=_write_srcset(made), avif_srcset="", sizes=sizes,
        width=made[-1].width, height=made[-1].height, placeholder_color="",
        alt=gettext("Page %(number)s of %(total)s") % {"number": number, "total": total},
    )  # fmt: skip


def get_rendition_url(*, rendition: Rendition) -> str:
    """Return the address of one rendition."""
    if rendition.page:
        return reverse("media:page", args=[rendition.upload_id, rendition.page, rendition.label, rendition.format])
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


def get_rendition(
    *,
    user: User | AnonymousUser,
    upload_id: UUID,
    label: int,
    format: str,  # noqa: A002  the model's word
    page: int = 0,
) -> Rendition:
    """Return a rendition with its upload, in one query when it is public; raises NotFound as `get_readable_upload` does."""
    rows = Rendition.objects.select_related("upload")
    found = rows.filter(upload_id=upload_id, page=page, label=label, format=format).first()
    if found is None or not is_readable_by(user=user, upload=found.upload):
        raise NotFound
    return found


def is_readable_by(*, user: User | AnonymousUser, upload: Upload) -> bool:
    """Public, or sent by this very person (where the profile lets senders read), or allowed by the app that declared it."""
    if upload.is_public:
        return True
    if not user.is_authenticated:
        return False
    profile = get_profile(upload.profile)
    is_senders = profile.sender_may_read and upload.uploaded_by_id == user.pk
    return is_senders or (profile.may_read is not None and profile.may_read(user, upload))


def get_arrival(*, user: User, arrival_id: UUID) -> Arrival:
    """One's own file that comes in pieces; raises NotFound for everybody else's."""
    arrival = Arrival.objects.of(user).filter(pk=arrival_id).first()
    if arrival is None:
        raise NotFound
    return arrival


def open_original(*, upload: Upload) -> File[bytes]:
    """Open an original that is kept; raises NotFound for other pictures, for what is not ready, and when the file is missing.

    May: the caller has decided, by `get_readable_upload` or by a signed link of its own. Send it with `describe_original`.
    """
    is_kept = upload.kind == Kind.DOCUMENT or get_profile(upload.profile).keeps_original
    if not is_kept or upload.state != UploadState.READY:
        raise NotFound
    return _open(original_name(sha256=upload.sha256, content_type=upload.content_type))


def describe_original(*, upload: Upload) -> Delivery:
    """Return how an original is sent: `FileResponse(open_original(upload=upload), **vars(describe_original(upload=upload)))`."""
    return deliver_original(name=upload.name, content_type=upload.content_type)


def get_rendition_of(*, upload: Upload, label: int, format: str) -> Rendition:  # noqa: A002  the model's word
    """Return this rendition of an upload that the caller may show; raises NotFound.

    Reads `upload.renditions` only, so that prefetched ones cost no query.
    """
    for rendition in upload.renditions.all():
        if (rendition.label, rendition.format) == (label, format):
            return rendition
    raise NotFound


def open_rendition(*, rendition: Rendition) -> File[bytes]:
    """Open a rendition; raises NotFound when the file is missing. May: as in `open_original`. Send it with `describe_rendition`."""
    return _open(rendition_name(sha256=rendition.sha256, format=rendition.format))


def describe_rendition(*, rendition: Rendition) -> Delivery:
    """Return how a rendition is sent; its `upload` is read, so select it along."""
    return deliver_rendition(
        name=f"{rendition.upload_id}-{rendition.label}.{rendition.format}",
        format=rendition.format,
        sha256=rendition.sha256,
        is_settled=rendition.upload.is_settled,
    )


def _open(name: str) -> File[bytes]:
    try:
        return open_stored(name)
    except FileNotFoundError as error:
        raise NotFound from error


def list_stored_files() -> Iterator[StoredFile]:
    """Stream every file that a row names, for backups and the check of files.

    An original in quarantine goes once its upload is ready: the file first, its name a moment later.
    """
    waiting = Upload.objects.exclude(quarantine="").values_list("quarantine", "byte_size", "sha256", "state")
    for name, byte_size, sha256, state in waiting.order_by("pk").iterator():
        yield StoredFile(name, byte_size, sha256, is_passing=True, is_needed=state != UploadState.READY)
    pieces = Piece.objects.order_by("pk").values_list("quarantine", "byte_size", "sha256")
    for name, byte_size, sha256 in pieces.iterator():
        yield StoredFile(name, byte_size, sha256, is_passing=True)
    renditions = Rendition.objects.order_by("sha256", "format").values_list("sha256", "format", "byte_size").distinct()
    for sha256, made_format, byte_size in renditions.iterator():
        yield StoredFile(rendition_name(sha256=sha256, format=made_format), byte_size, sha256)
    is_kept = Q(kind=Kind.DOCUMENT) | Q(profile__in=list_keeping_profiles())
    originals = Upload.objects.filter(is_kept, state=UploadState.READY).order_by("sha256", "content_type")
    for sha256, content_type, byte_size in (
        originals.values_list("sha256", "content_type", "byte_size").distinct().iterator()
    ):
        yield StoredFile(original_name(sha256=sha256, content_type=content_type), byte_size, sha256)


def is_any_upload_under_way() -> bool:
    """Return whether a worker makes files now, or is about to."""
    return Upload.objects.filter(state__in=[UploadState.SENT, UploadState.PROCESSING]).exists()


def _write_srcset(renditions: list[Rendition]) -> str:
    by_width: dict[int, Rendition] = {}
    for rendition in renditions:
        by_width.setdefault(rendition.width, rendition)
    return ", ".join(f"{get_rendition_url(rendition=one)} {width}w" for width, one in by_width.items())
