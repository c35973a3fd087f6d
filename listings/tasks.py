"""The jobs of this room."""

from core.jobs import Run, job
from listings.services import saved_searches


@job(saved_searches.NIGHT_JOB)
def look_for_alerts(*, run: Run, day: str) -> None:
    saved_searches.look_for_alerts(run=run, day=day)


@job(saved_searches.LOOK_JOB)
def look_at_search(*, run: Run, search_id: int, day: str) -> None:
    saved_searches.look_at_search(run=run, search_id=search_id, day=day)
