"""The jobs of this room."""

from core.jobs import Run, job
from inquiries.services import agency, answers, asking, clock, deals, matching, requests, settling


@job(asking.FORGET_JOB)
def forget_unconfirmed(*, run: Run, inquiry_id: str) -> None:
    asking.forget_unconfirmed(run=run, inquiry_id=inquiry_id)


@job(clock.WATCH_JOB)
def watch_answer(*, run: Run, inquiry_id: str) -> None:
    clock.watch_answer(run=run, inquiry_id=inquiry_id)


@job(agency.END_JOB)
def end_access(*, run: Run, access_id: int) -> None:
    agency.end_access_in_time(run=run, access_id=access_id)


@job(settling.EXPIRE_JOB)
def expire_quotation(*, run: Run, quotation_id: str) -> None:
    answers.expire_quotation(run=run, quotation_id=quotation_id)


@job(deals.ASK_JOB)
def ask_whether_arrived(*, run: Run, quotation_id: str, time: int) -> None:
    deals.ask_whether_arrived(run=run, quotation_id=quotation_id, time=time)


@job(requests.FORGET_JOB)
def forget_unconfirmed_request(*, run: Run, request_id: str) -> None:
    requests.forget_unconfirmed_request(run=run, request_id=request_id)


@job(requests.EXPIRE_JOB)
def expire_request(*, run: Run, request_id: str) -> None:
    requests.expire_request(run=run, request_id=request_id)


@job(requests.INVITE_JOB)
def tell_matched(*, run: Run, request_id: str) -> None:
    matching.tell_matched(run=run, request_id=request_id)
