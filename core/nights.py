"""Work of once a day: apps name a job, and the first look after midnight puts it into the queue with that day."""

from datetime import date

from core.jobs import enqueue
from core.models import Job

_names: list[str] = []


def register_nightly(name: str) -> None:
    """Called in `AppConfig.ready()`; the job's handler takes `day` as an ISO date, and is safe to run twice."""
    if name not in _names:
        _names.append(name)


def plan_night(*, day: date) -> int:
    """Queue each nightly job of the day that is not in the books yet; how many. A day on which nobody looked is left out."""
    planned = set(Job.objects.filter(name__in=_names, key=day.isoformat()).values_list("name", flat=True))
    missing = [name for name in _names if name not in planned]
    for name in missing:
        enqueue(name, key=day.isoformat(), day=day.isoformat())
    return len(missing)
