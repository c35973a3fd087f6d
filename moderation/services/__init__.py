"""What people ask of the officers' room: a case opened, claimed, decided, undone; a decision appealed; something reported."""

from moderation.services.appeals import record_appeal
from moderation.services.cases import (
    claim_case,
    open_case,
    record_decision,
    record_undo,
    release_case,
    renew_claim,
    toggle_shortcuts,
    withdraw_case,
)
from moderation.services.reports import (
    decide_report,
    file_report,
    reopen_report,
    take_off_market,
    undo_report_decision,
)

__all__ = [
    "claim_case",
    "decide_report",
    "file_report",
    "open_case",
    "record_appeal",
    "record_decision",
    "record_undo",
    "release_case",
    "renew_claim",
    "reopen_report",
    "take_off_market",
    "toggle_shortcuts",
    "undo_report_decision",
    "withdraw_case",
]
