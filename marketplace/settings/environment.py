"""Every setting that a deployment may change, read from the environment, checked and refused by name."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DEVELOPMENT_SECRET = "development-only-secret-key-that-production-refuses"
MODES = ("development", "production")
REPLY_ADDRESS = re.compile(r"[a-z0-9_-]{1,9}@[a-z0-9.-]+")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True)
class Environment:
    """What the environment says, already checked. One field per line of `.env.example`."""

    LATEEN_MODE: str
    LATEEN_VAR: Path
    DEBUG: bool
    SECRET_KEY: str
    SITE_URL: str
    DATABASE_URL: str
    BROKER_URL: str
    MAIL_URL: str
    MAIL_FROM: str
    REPLY_ADDRESS: str
    REPLY_MAILBOX_URL: str
    BRAND_NAME: str
    AGENCY_NAME: str
    AGENCY_EMAIL: str
    AGENCY_PHONE: str
    AGENCY_HOURS: str
    TIME_ZONE: str
    LOG_LEVEL: str
    BEHIND_PROXY: bool
    CARRIER_LOOPBACK: str

    @property
    def production(self) -> bool:
        return self.LATEEN_MODE == "production"


def read_environment() -> Environment:
    """Read the process environment, then `.env` (LATEEN_ENV_FILE names another); raise ImproperlyConfigured by name."""
    env = environ.Env()
    env.read_env(os.environ.get("LATEEN_ENV_FILE", str(BASE_DIR / ".env")))
    var = Path(env.str("LATEEN_VAR", default="var"))
    var = var if var.is_absolute() else BASE_DIR / var
    found = Environment(
        LATEEN_MODE=env.str("LATEEN_MODE", default="development"),
        LATEEN_VAR=var,
        DEBUG=_boolean(env, "DEBUG"),
        SECRET_KEY=env.str("SECRET_KEY", default=DEVELOPMENT_SECRET),
        SITE_URL=env.str("SITE_URL", default="http://localhost:8000").rstrip("/"),
        DATABASE_URL=env.str("DATABASE_URL", default="") or f"sqlite:///{var}/lateen.sqlite3",
        BROKER_URL=env.str("BROKER_URL", default="filesystem://"),
        MAIL_URL=env.str("MAIL_URL", default="file://"),
        MAIL_FROM=env.str("MAIL_FROM", default="Lateen <lateen@localhost>"),
        REPLY_ADDRESS=env.str("REPLY_ADDRESS", default=""),
        REPLY_MAILBOX_URL=env.str("REPLY_MAILBOX_URL", default=""),
        BRAND_NAME=env.str("BRAND_NAME", default="Lateen"),
        AGENCY_NAME=env.str("AGENCY_NAME", default="Volta Export Promotion Agency"),
        AGENCY_EMAIL=env.str("AGENCY_EMAIL", default="help@agency.example"),
        AGENCY_PHONE=env.str("AGENCY_PHONE", default="+233 30 200 0000"),
        AGENCY_HOURS=env.str("AGENCY_HOURS", default="8:00-17:00"),
        TIME_ZONE=env.str("TIME_ZONE", default="UTC"),
        LOG_LEVEL=env.str("LOG_LEVEL", default="INFO").upper(),
        BEHIND_PROXY=_boolean(env, "BEHIND_PROXY"),
        CARRIER_LOOPBACK=env.str("CARRIER_LOOPBACK", default=""),
    )
    _refuse_nonsense(found)
    if found.production:
        _refuse_development_values(found)
    return found


def _boolean(env: environ.Env, name: str) -> bool:
    written = env.str(name, default="false").strip().lower()
    if written not in {"true", "false", "1", "0", "yes", "no", "on", "off"}:
        raise ImproperlyConfigured(f"{name} must be true or false, not {written!r}.")
    return written in {"true", "1", "yes", "on"}


def _refuse_nonsense(found: Environment) -> None:
    schemes = {
        "SITE_URL": ("http", "https"),
        "DATABASE_URL": ("sqlite", "postgres", "postgresql"),
        "BROKER_URL": ("filesystem", "redis", "rediss"),
        "MAIL_URL": ("file", "smtp", "smtp+tls", "smtp+ssl"),
    }
    for name, allowed in schemes.items():
        scheme = urlsplit(getattr(found, name)).scheme
        if scheme not in allowed:
            raise ImproperlyConfigured(
                f"{name} must begin with one of {', '.join(filter(None, allowed))}, not {scheme!r}."
            )
    if not urlsplit(found.SITE_URL).hostname:
        raise ImproperlyConfigured("SITE_URL must name a host, such as https://market.example.org.")
    if found.LATEEN_MODE not in MODES:
        raise ImproperlyConfigured(f"LATEEN_MODE must be development or production, not {found.LATEEN_MODE!r}.")
    if found.TIME_ZONE not in available_timezones():
        raise ImproperlyConfigured(f"TIME_ZONE {found.TIME_ZONE!r} is no time zone of the tz database.")
    if found.LOG_LEVEL not in LOG_LEVELS:
        raise ImproperlyConfigured(f"LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}, not {found.LOG_LEVEL!r}.")
    if found.CARRIER_LOOPBACK and urlsplit(found.CARRIER_LOOPBACK).hostname not in {"127.0.0.1", "localhost"}:
        raise ImproperlyConfigured(
            "CARRIER_LOOPBACK must be an address of this machine, such as http://127.0.0.1:9000."
        )
    _refuse_bad_mail_settings(found)


def _refuse_bad_mail_settings(found: Environment) -> None:
    if "@" not in found.MAIL_FROM:
        raise ImproperlyConfigured("MAIL_FROM must hold an e-mail address.")
    if found.REPLY_MAILBOX_URL and urlsplit(found.REPLY_MAILBOX_URL).scheme not in {"imap", "imaps"}:
        raise ImproperlyConfigured("REPLY_MAILBOX_URL must begin with imaps:// or imap://.")
    if found.REPLY_ADDRESS and not REPLY_ADDRESS.fullmatch(found.REPLY_ADDRESS):
        raise ImproperlyConfigured(
            "REPLY_ADDRESS must be a plain address of at most 9 letters before the @, such as reply@market.example.org."
        )


def _refuse_development_values(found: Environment) -> None:
    if found.SECRET_KEY == DEVELOPMENT_SECRET or len(found.SECRET_KEY) < 50:
        raise ImproperlyConfigured("SECRET_KEY must be a random text of at least 50 characters in production.")
    if found.DEBUG:
        raise ImproperlyConfigured("DEBUG must be false in production.")
    if not found.SITE_URL.startswith("https://"):
        raise ImproperlyConfigured("SITE_URL must begin with https:// in production.")
    if found.MAIL_URL.startswith("file:"):
        raise ImproperlyConfigured(
            "MAIL_URL must name an SMTP server in production, such as smtp+tls://user:password@host:587."
        )
