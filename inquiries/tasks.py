"""The jobs of this room."""

from core.jobs import Run, job
from inquiries.services import agency, asking, clock, matching, requests


@job(asking.FORGET_JOB)
def forget_unconfirmed(*, run: Run, inquiry_id: str) -> None:
    asking.forget_unconfirmed(run=run, inquiry_id=inquiry_id)


@job(clock.WATCH_JOB)
def watch_answer(*, run: Run, inquiry_id: str) -> None:
    clock.watch_answer(run=run, inquiry_id=inquiry_id)


@job(agency.END_JOB)
def end_access(*, run: Run, access_id: int) -> None:
    agency.end_access_in_time(run=run, access_id=access_id)


@job(requests.FORGET_JOB)
def forget_unconfirmed_request(*, run: Run, request_id: str) -> None:
    requests.forget_unconfirmed_request(run=run, request_id=request_id)


@job(requests.EXPIRE_JOB)
def expire_request(*, run: Run, request_id: str) -> None:
    requests.expire_request(run=run, request_id=request_id)


@job(requests.INVITE_JOB)
def tell_matched(*, run: Run, request_id: str) -> None:
    matching.tell_matched(run=run, request_id=request_id)
