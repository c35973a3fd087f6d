"""Who looks at a page of threads: the signed-in person, and what mailed links have opened in this browser."""

from uuid import UUID

from django.http import HttpRequest

from inquiries.rules.messages import Reader

OPENED = "inquiries_opened"
MOST_OPENED = 50


def get_reader(request: HttpRequest) -> Reader:
    """The reader of this request."""
    return Reader(request.user, frozenset(request.session.get(OPENED, ())))


def remember_opened(request: HttpRequest, inquiry_id: UUID) -> None:
    """A mailed link was followed: this browser reads that thread until its session ends; of the oldest over fifty it forgets."""
    opened = [one for one in request.session.get(OPENED, ()) if one != str(inquiry_id)]
    request.session[OPENED] = [*opened, str(inquiry_id)][-MOST_OPENED:]
