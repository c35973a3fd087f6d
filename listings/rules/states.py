"""Which act leads a listing or its revision from which state to which."""

from listings.choices import OPEN_STATES, ListingState, RevisionState
from listings.exceptions import ListingArchived, RevisionInReview, WrongListingState

LISTING_ACTS: dict[str, tuple[frozenset[str], str]] = {
    "pause": (frozenset({ListingState.LIVE}), ListingState.PAUSED),
    "resume": (frozenset({ListingState.PAUSED}), ListingState.LIVE),
    "archive": (frozenset({ListingState.DRAFT, ListingState.LIVE, ListingState.PAUSED}), ListingState.ARCHIVED),
    "restore": (frozenset({ListingState.ARCHIVED}), ListingState.PAUSED),
    "suspend": (frozenset({ListingState.LIVE, ListingState.PAUSED}), ListingState.SUSPENDED),
    "reinstate": (frozenset({ListingState.SUSPENDED}), ListingState.PAUSED),
}
"""Act to (states it may start from, state it leads to). Out of the archive or a suspension a listing comes back paused:
the exporter shows it again when its facts still hold."""

EXPORTER_ACTS = ("pause", "resume", "archive", "restore")


def follow_act(act: str, *, state: str, has_live_revision: bool) -> str:
    """The state after an act; raises WrongListingState when it does not fit. Without an approved revision a listing is a draft."""
    allowed, after = LISTING_ACTS[act]
    if state not in allowed:
        raise WrongListingState
    return after if has_live_revision or act == "archive" else str(ListingState.DRAFT)


def list_acts(state: str) -> list[str]:
    """What the exporter may do with a listing in this state."""
    return [act for act in EXPORTER_ACTS if state in LISTING_ACTS[act][0]]


def state_after_approval(state: str) -> str:
    """A draft goes live; a paused or suspended listing keeps its state and only its content changes."""
    return str(ListingState.LIVE) if state == ListingState.DRAFT else state


def require_editable(*, listing_state: str, revision_state: str) -> None:
    """Raise RevisionInReview or ListingArchived where nothing may be changed now."""
    if listing_state == ListingState.ARCHIVED:
        raise ListingArchived
    if revision_state == RevisionState.IN_REVIEW:
        raise RevisionInReview


def is_open(revision_state: str) -> bool:
    """Whether the exporter or an officer still works on it."""
    return revision_state in OPEN_STATES


def make_version(revision_id: int | None, edit_count: int) -> str:
    """What a page carries so that a save knows what it was based on."""
    return f"{revision_id or 0}.{edit_count}"
