"""Logs: one line an event, for people in development and as JSON in production."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET_PATHS = re.compile(
    r"(/(?:reset/key|confirm-email|invitations|inquiries/open|requests/open|q|d|freight|prices|saved/shared|searches/confirm|searches/stop"
    r"|notifications/unsubscribe)/)[^/\s]+"
)
"""What stands before a key in our addresses; every route with a `token` is to be among them."""


def hide_secret_paths(logger: Any, level: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:  # noqa: ARG001  structlog's signature
    """Whoever reads logs must not get into accounts by the links that were mailed to others."""
    for name in {"event", "request"} & line.keys():
        line[name] = SECRET_PATHS.sub(r"\1[hidden]", str(line[name]))
    return line


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    hide_secret_paths,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def build_logging(*, level: str, json: bool) -> dict[str, Any]:
    """Return Django's LOGGING and set structlog up to the same format."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": structlog.stdlib.ProcessorFormatter, "processor": renderer, "foreign_pre_chain": SHARED}
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django_structlog": {"level": level},
            "celery": {"level": "WARNING"},
        },
    }
