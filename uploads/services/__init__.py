"""Writes: files as they come in, and files that come in pieces."""

from uploads.services.files import (
    KEEP_FAILED_FOR,
    LOOK_AGAIN_AFTER,
    MAKE_JOB,
    TIDY_JOB,
    check_upload,
    make_renditions,
    publish_uploads,
    receive_upload,
    send_again,
    tidy_upload,
    withdraw_uploads,
)

__all__ = [
    "KEEP_FAILED_FOR",
    "LOOK_AGAIN_AFTER",
    "MAKE_JOB",
    "TIDY_JOB",
    "check_upload",
    "make_renditions",
    "publish_uploads",
    "receive_upload",
    "send_again",
    "tidy_upload",
    "withdraw_uploads",
]
