"""Pages say what they show that counts, and each time one is handed out it is counted, a kept one too."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.visits import is_visit, recall_destination
from listings.rules.traffic import Sighting
from listings.services.traffic import note_sighting

MARK = "sighting"


def mark_sighting(response: HttpResponse, sighting: Sighting) -> HttpResponse:
    """Note on a page what it shows."""
    vars(response)[MARK] = sighting
    return response


def find_sighting(response: HttpResponse) -> Sighting | None:
    """What a page shows that counts; None where nothing does."""
    found: Sighting | None = vars(response).get(MARK)
    return found


def count_sighting(request: HttpRequest, sighting: Sighting | None) -> None:
    """Count a page that a person opened. No query: whoever has no session is not looked up."""
    if sighting is None or not is_visit(request):
        return
    user = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    chosen = recall_destination(request).get("destination", "")
    note_sighting(sighting=sighting, user=user if user and user.is_authenticated else None, destination=chosen)
