"""The jobs of this room."""

from core.jobs import Run, job
from listings.services import price_dates, saved_searches, traffic


@job(saved_searches.NIGHT_JOB)
def look_for_alerts(*, run: Run, day: str) -> None:
    saved_searches.look_for_alerts(run=run, day=day)


@job(saved_searches.LOOK_JOB)
def look_at_search(*, run: Run, search_id: int, day: str) -> None:
    saved_searches.look_at_search(run=run, search_id=search_id, day=day)


@job(traffic.COUNT_JOB)
def count_traffic(*, run: Run) -> None:
    traffic.count_batches(run=run)


@job(traffic.FORGET_JOB)
def forget_traffic(*, run: Run, day: str) -> None:
    traffic.forget_old_counts(run=run, day=day)


@job(price_dates.NIGHT_JOB)
def look_at_prices(*, run: Run, day: str) -> None:
    price_dates.look_at_prices(run=run, day=day)


@job(price_dates.FIRM_JOB)
def ask_about_prices(*, run: Run, company_id: int, day: str) -> None:
    price_dates.ask_about_prices(run=run, company_id=company_id, day=day)
