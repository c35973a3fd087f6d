"""Why a file is refused, in words for the person who sent it."""

from core.errors import DomainError, gettext_noop


class UploadRefused(DomainError):
    """The file is not taken at all; nothing of it is kept."""

    status = 422


class NoPicture(UploadRefused):
    message = gettext_noop("%(name)s is no picture. Send JPEG, PNG, WebP or HEIC.")


class EmptyFile(UploadRefused):
    message = gettext_noop("%(name)s is empty. Choose the picture again.")


class CutOff(UploadRefused):
    message = gettext_noop("%(name)s is damaged or cut off. Send it again from the original.")


class TooManyBytes(UploadRefused):
    message = gettext_noop(
        "%(name)s has %(size)s MB. A picture may have at most %(limit)s MB: save it smaller, then send it again."
    )
    status = 413


class TooManyPixels(UploadRefused):
    message = gettext_noop(
        "%(name)s has %(size)s megapixels (%(width)s by %(height)s). A picture may have at most %(limit)s: save it smaller, then send it again."
    )


class TooManyScans(UploadRefused):
    message = gettext_noop(
        "%(name)s is stored in more than %(limit)s layers, which takes too long to read. Save it as an ordinary JPEG, then send it again."
    )


class NotFailed(DomainError):
    message = gettext_noop("This picture did not fail, so there is nothing to send again.")


class OriginalGone(UploadRefused):
    message = gettext_noop("The first file is no longer kept. Choose the picture again.")


class ReadingStopped(Exception):
    """The child that reads a picture crashed or ran out of time: the machine's fault, so it is worth another try."""


class FileUnreadable(Exception):
    """The child read the picture and found that it is no good. `code` is a key of `rules.FAILURES`."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        super().__init__(f"{code} {detail}".strip())
