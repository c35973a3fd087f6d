"""Files whose bytes are a canary: whoever gets one has its word in the answer."""

import hashlib

from demo.seed.scopes import Scope
from uploads.adapters.store import store_once
from uploads.models import Rendition, Upload
from uploads.rules.documents import original_name
from uploads.rules.pictures import rendition_name


def plant_picture(scope: Scope, what: str, profile: str, *readers: str) -> Upload:
    """A picture whose bytes are a canary: whoever gets the file has it in the answer."""
    word = scope.canary(what, *readers)
    content = word.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    upload = Upload.objects.create(
        profile=profile, name=f"{word}.jpg", byte_size=len(content), sha256=sha256, content_type="image/jpeg", state="ready", width=9, height=9,
        uploaded_by=scope.owner,
    )  # fmt: skip
    Rendition.objects.create(
        upload=upload, format="webp", label=320, width=9, height=9, byte_size=len(content), sha256=sha256
    )
    store_once(rendition_name(sha256=sha256, format="webp"), content)
    return upload


def plant_document(scope: Scope, *readers: str, what: str = "document", profile: str = "attachment") -> Upload:
    word = scope.canary(what, *readers)
    content = word.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    store_once(original_name(sha256=sha256), content)
    return Upload.objects.create(
        profile=profile, kind="document", name=f"{word}.pdf", byte_size=len(content), sha256=sha256, content_type="application/pdf",
        state="ready", pages=1, uploaded_by=scope.owner,
    )  # fmt: skip
