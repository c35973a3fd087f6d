"""Logo and cover while they are not public: who may see them, and how far they are."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from storefronts.models import Company
from storefronts.rules import PICTURE_FIELDS, REVIEWED_FIELDS
from uploads.choices import UploadState
from uploads.models import Upload
from uploads.selectors import build_picture, get_failure_text

UNFINISHED = (UploadState.SENT, UploadState.PROCESSING)


@dataclass(frozen=True)
class CompanyShot:
    """A picture in the form, as `components/shot.html` shows it; `id` is its place: logo or cover."""

    id: str
    label: str
    name: str
    state: str
    reason: str
    thumb: str
    first: bool = True
    last: bool = True

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED


def may_read_picture(*, user: Any, upload: Upload) -> bool:
    """Officers, and the people of the company that shows or proposes it."""
    if user.is_officer:
        return True
    uses = (
        Q(logo=upload)
        | Q(cover=upload)
        | Q(revisions__facts__logo=str(upload.pk))
        | Q(revisions__facts__cover=str(upload.pk))
    )
    return Company.objects.of_member(user).filter(uses).exists()


def list_company_shots(*, facts: dict[str, Any]) -> list[CompanyShot]:
    """The pictures of a proposal with their states, logo first. Two queries at most."""
    wanted = [(place, facts[place]) for place in PICTURE_FIELDS if facts.get(place)]
    uploads = {
        str(row.pk): row
        for row in Upload.objects.filter(pk__in=[key for _place, key in wanted]).prefetch_related("renditions")
    }
    return [_build_shot(place, uploads[key]) for place, key in wanted if key in uploads]


def _build_shot(place: str, upload: Upload) -> CompanyShot:
    picture = build_picture(upload=upload, alt="", sizes="160px")
    label = _(REVIEWED_FIELDS[place])
    return CompanyShot(
        place,
        label,
        f"{label}: {upload.name}",
        upload.state,
        get_failure_text(upload=upload),
        picture.src if picture else "",
    )
