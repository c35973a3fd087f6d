"""What officers, exporters and reporters read of cases, appeals and reports."""

from moderation.selectors.appeals import (
    find_appeal_address,
    find_appeal_obstacle,
    find_open_appeal,
    get_appealable,
    has_other_officer,
)
from moderation.selectors.cases import (
    count_open,
    count_queue,
    find_next_case,
    get_case,
    get_decision,
    get_place,
    list_decisions,
    list_queue,
    list_reasons,
    list_recent_decisions,
)
from moderation.selectors.reports import find_report_appeal_address, get_reported, list_reports

__all__ = [
    "count_open",
    "count_queue",
    "find_appeal_address",
    "find_appeal_obstacle",
    "find_next_case",
    "find_open_appeal",
    "find_report_appeal_address",
    "get_appealable",
    "get_case",
    "get_decision",
    "get_place",
    "get_reported",
    "has_other_officer",
    "list_decisions",
    "list_queue",
    "list_reasons",
    "list_recent_decisions",
    "list_reports",
]
