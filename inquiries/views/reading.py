"""Who looks at a page of threads: the signed-in person, and what mailed links have opened in this browser."""

from uuid import UUID

from django.http import HttpRequest

from inquiries.rules.messages import Reader

OPENED = "inquiries_opened"
MOST_OPENED = 50
LONGEST_NUMBER = 18


def get_reader(request: HttpRequest) -> Reader:
    """The reader of this request."""
    kept = request.session.get(OPENED, {})
    return Reader(request.user, frozenset(one for one, owner in kept.items() if owner == request.user.pk))


def read_number(text: str) -> int | None:
    """A number of an address or a form as the database takes it; None for everything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else None


def remember_opened(request: HttpRequest, inquiry_id: UUID) -> None:
    """A mailed link was followed: this browser reads that thread until its session ends; of the oldest over fifty it forgets.

    What a guest has opened is not opened for who signs in later on the same machine, nor the other way round.
    """
    kept = {one: owner for one, owner in request.session.get(OPENED, {}).items() if one != str(inquiry_id)}
    kept[str(inquiry_id)] = request.user.pk
    request.session[OPENED] = dict(list(kept.items())[-MOST_OPENED:])
