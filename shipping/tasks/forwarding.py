"""Jobs of requests to forwarders."""

from core.jobs import Run, job
from shipping.services import forwarding


@job(forwarding.REMIND_JOB)
def remind_forwarder(*, run: Run, request_id: int, number: int) -> None:
    forwarding.remind_forwarder(run=run, request_id=request_id, number=number)


@job(forwarding.EXPIRE_JOB)
def expire_forwarder_request(*, run: Run, request_id: int) -> None:
    forwarding.expire_request(run=run, request_id=request_id)
