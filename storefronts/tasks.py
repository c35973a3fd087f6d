"""The jobs of this room."""

from core.jobs import Run, job
from storefronts.services import payment


@job(payment.USE_JOB)
def use_payment_details(*, run: Run, details_id: int) -> None:
    payment.use_payment_details(run=run, details_id=details_id)
