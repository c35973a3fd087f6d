"""Why a file is refused, in words for the person who sent it."""

from core.errors import DomainError, gettext_noop


class UploadRefused(DomainError):
    """The file is not taken at all; nothing of it is kept."""

    status = 422


class NoPicture(UploadRefused):
    message = gettext_noop("%(name)s is no picture. Send JPEG, PNG, WebP or HEIC.")


class NoPdf(UploadRefused):
    message = gettext_noop("%(name)s is no PDF. Save it as PDF, then send it.")


class NeitherPictureNorPdf(UploadRefused):
    message = gettext_noop(
        "%(name)s is neither a picture (JPEG, PNG, WebP, HEIC) nor a PDF. Save it as PDF, then send it."
    )


class EmptyFile(UploadRefused):
    message = gettext_noop("%(name)s is empty. Choose the picture again.")


class EmptyDocument(EmptyFile):
    message = gettext_noop("%(name)s is empty. Choose the file again.")


class CutOff(UploadRefused):
    message = gettext_noop("%(name)s is damaged or cut off. Send it again from the original.")


class TooManyBytes(UploadRefused):
    message = gettext_noop(
        "%(name)s has %(size)s MB. A picture may have at most %(limit)s MB: save it smaller, then send it again."
    )
    status = 413


class TooManyBytesForFile(TooManyBytes):
    message = gettext_noop(
        "%(name)s has %(size)s MB. A file may have at most %(limit)s MB: save it smaller, then send it again."
    )


class TooManyPixels(UploadRefused):
    message = gettext_noop(
        "%(name)s has %(size)s megapixels (%(width)s by %(height)s). A picture may have at most %(limit)s: save it smaller, then send it again."
    )


class TooManyScans(UploadRefused):
    message = gettext_noop(
        "%(name)s is stored in more than %(limit)s layers, which takes too long to read. Save it as an ordinary JPEG, then send it again."
    )


class NotFailed(DomainError):
    message = gettext_noop("This file did not fail, so there is nothing to send again.")


class OriginalGone(UploadRefused):
    message = gettext_noop("The first file is no longer kept. Choose the file again.")


class NotInPieces(UploadRefused):
    message = gettext_noop("Files for this place come whole, not in pieces. Send the file by the button of the form.")


class UnreadableRequest(UploadRefused):
    message = gettext_noop("The browser did not say what it sends. Load the page again, then choose the picture again.")


class TooManyArrivals(UploadRefused):
    message = gettext_noop(
        "%(most)s pictures are on their way already. Wait until some have arrived, or a day, then send this one again."
    )
    status = 429


class WrongSizeOfPiece(UploadRefused):
    message = gettext_noop(
        "This part of the file is too large or too small. Load the page again: the rest is sent anew."
    )


class WrongOffset(DomainError):
    """The piece does not begin where the last one ended; `offset` is where the next one must."""

    message = gettext_noop("This part of the file is not the next one. The rest is sent from where it stopped.")
    status = 409

    def __init__(self, *, offset: int) -> None:
        self.offset = offset
        super().__init__()


class NotWhole(DomainError):
    message = gettext_noop("Parts of this picture are still missing. They are sent from where it stopped.")
    status = 409


class ArrivalGone(DomainError):
    """Never begun, begun by somebody else, or forgotten: the same answer."""

    message = gettext_noop("What had arrived of this picture is no longer kept. It is sent from its beginning.")
    status = 410


class ReadingStopped(Exception):
    """The child that reads a file crashed or ran out of time: the machine's fault, so it is worth another try."""


class FileUnreadable(Exception):
    """The child read the file and found that it is no good. `code` is a key of the FAILURES of its kind."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        super().__init__(f"{code} {detail}".strip())
