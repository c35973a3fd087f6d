"""Changes settle once no older transaction of the database server runs."""

import time

from listings.models import SearchChange


def wait_until_settled(seconds=30):
    """The oldest running transaction is one of the whole server: other tests of this run may hold it for a moment."""
    deadline = time.monotonic() + seconds
    while SearchChange.objects.settled().count() < SearchChange.objects.count():
        assert time.monotonic() < deadline, "changes stayed unsettled"
        time.sleep(0.02)
