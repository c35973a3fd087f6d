"""Work of once a day: apps name a job, and the first look after midnight puts it into the queue with that day."""

_names: list[str] = []


def register_nightly(name: str) -> None:
    """Called in `AppConfig.ready()`; the job's handler takes `day` as an ISO date, and is safe to run twice."""
    if name not in _names:
        _names.append(name)


def list_nightly() -> list[str]:
    """The names, in the order of registration."""
    return list(_names)
