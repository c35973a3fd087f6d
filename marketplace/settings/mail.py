"""MAIL_URL in words that Django's mail backends take."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def read_mail_url(url: str, *, folder: Path) -> dict[str, Any]:
    """Return {"backend": dotted path, "options": keyword arguments} for `file://` or `smtp[+tls|+ssl]://user:pw@host:port`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {"backend": "core.mail.EmlBackend", "options": {"folder": parts.path or str(folder)}}
    return {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "options": {
            "host": parts.hostname or "localhost",
            "port": parts.port or {"smtp+ssl": 465, "smtp+tls": 587}.get(parts.scheme, 25),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtp+ssl",
            "timeout": 15,
        },
    }
