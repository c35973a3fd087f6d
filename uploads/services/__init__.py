"""Writes: files as they come in, and files that come in pieces."""

from uploads.services.arrivals import (
    FORGET_JOB,
    add_piece,
    begin_arrival,
    drop_arrival,
    forget_arrivals,
    take_arrival,
)
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
    "FORGET_JOB",
    "KEEP_FAILED_FOR",
    "LOOK_AGAIN_AFTER",
    "MAKE_JOB",
    "TIDY_JOB",
    "add_piece",
    "begin_arrival",
    "check_upload",
    "drop_arrival",
    "forget_arrivals",
    "make_renditions",
    "publish_uploads",
    "receive_upload",
    "send_again",
    "take_arrival",
    "tidy_upload",
    "withdraw_uploads",
]
