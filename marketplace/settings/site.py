"""Django's settings, the same in both modes; only the environment decides what differs."""

from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from django.utils.translation import gettext_lazy as _

from marketplace.settings.environment import BASE_DIR, read_environment
from marketplace.settings.logs import build_logging
from marketplace.settings.mail import read_mail_url

django_stubs_ext.monkeypatch()  # so that generic Django classes can be subscripted at run time

ENVIRONMENT = read_environment()
PRODUCTION = ENVIRONMENT.production
DEBUG = ENVIRONMENT.DEBUG
SECRET_KEY = ENVIRONMENT.SECRET_KEY
SITE_URL = ENVIRONMENT.SITE_URL
VAR_DIR = ENVIRONMENT.LATEEN_VAR
VAR_DIR.mkdir(parents=True, exist_ok=True)
_host = urlsplit(SITE_URL).hostname or ""
ALLOWED_HOSTS = [_host] if PRODUCTION else [_host, "localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

BRAND_NAME = ENVIRONMENT.BRAND_NAME
AGENCY_NAME = ENVIRONMENT.AGENCY_NAME
AGENCY_EMAIL = ENVIRONMENT.AGENCY_EMAIL
AGENCY_PHONE = ENVIRONMENT.AGENCY_PHONE
AGENCY_HOURS = ENVIRONMENT.AGENCY_HOURS

INSTALLED_APPS = [
    "core",
    "reference",
    "accounts",
    "moderation",
    "notifications",
    "uploads",
    "storefronts",
    "certifications",
    "listings",
    "shipping",
    "inquiries",
    "reporting",
    "demo",
    "marketplace.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "core.middleware.body_limit",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.staff_second_factor",
    "accounts.middleware.RefusedForms",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.DomainErrorMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.site",
            ],
            "builtins": ["core.templatetags.ui"],
        },
    }
]

_database = environ.Env.db_url_config(ENVIRONMENT.DATABASE_URL)
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    _database["OPTIONS"] = {**_database.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
    _database["CONN_HEALTH_CHECKS"] = (
        True  # else each connection that a restarted server has closed costs somebody a page
    )
DATABASES = {"default": _database}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},  # of 300, Django's own, a crowd would wash allauth's limits out
    }
}  # fmt: skip

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:landing"
LOGOUT_REDIRECT_URL = "catalogue:home"
SESSION_ENGINE = "django.contrib.sessions.backends.db"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.signup.SignupExtras"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # mail is slow on slow lines
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    name: f"accounts.forms.entrance.{form}"
    for name, form in {
        "login": "SignIn", "signup": "SignUp", "request_login_code": "AskForCode", "confirm_login_code": "TypeCode",
        "reset_password": "AskForReset", "reset_password_from_key": "ResetPassword", "change_password": "ChangePassword",
        "set_password": "SetPassword", "add_email": "AddAddress", "reauthenticate": "ConfirmPassword",
    }.items()
}  # fmt: skip
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_FORMS = {
    name: f"accounts.forms.entrance.{form}"
    for name, form in {
        "authenticate": "TypeAppCode", "reauthenticate": "ConfirmAppCode", "activate_totp": "ActivateApp",
        "add_webauthn": "AddPasskey", "edit_webauthn": "RenamePasskey",
    }.items()
}  # fmt: skip
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # steps of 30 s: clocks of old phones are off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = ENVIRONMENT.BRAND_NAME
USERSESSIONS_TRACK_ACTIVITY = True
STAFF_SECOND_FACTOR_REQUIRED = PRODUCTION
DEMO_ALLOWED = not PRODUCTION

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
FORMAT_MODULE_PATH = ["marketplace.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = ENVIRONMENT.TIME_ZONE

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "media"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
MAX_BODY_BYTES = 170 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

EMAIL_BACKEND = "core.mail.OutboxBackend"
MAIL_TRANSPORT = read_mail_url(ENVIRONMENT.MAIL_URL, folder=VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = ENVIRONMENT.MAIL_FROM
SERVER_EMAIL = ENVIRONMENT.MAIL_FROM
REPLY_ADDRESS = ENVIRONMENT.REPLY_ADDRESS
REPLY_MAILBOX_URL = ENVIRONMENT.REPLY_MAILBOX_URL

CREDENTIAL_KEY_DIR = VAR_DIR / "keys"
SEARCH_INDEX_DIR = VAR_DIR / "search"
CARRIER_LOOPBACK = (
    ENVIRONMENT.CARRIER_LOOPBACK
)  # measurements and drills alone: carriers are looked for on this machine
TALLY_SECONDS = 5.0  # how long visits are counted in memory; a killed process loses so much

CELERY_BROKER_URL = ENVIRONMENT.BROKER_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
if ENVIRONMENT.BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_URL = "filesystem://localhost"
    _broker = str(VAR_DIR / "broker")
    for _folder in (VAR_DIR / "broker", VAR_DIR / "broker-control"):
        _folder.mkdir(exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": _broker,
        "data_folder_out": _broker,
        "control_folder": str(VAR_DIR / "broker-control"),
        "polling_interval": 0.2,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "socket_timeout": 1,
        "socket_connect_timeout": 1,
        "max_retries": 0,  # of a wake-up; a worker that lost its broker goes on trying
        "visibility_timeout": 3600,
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep jobs": {"task": "core.sweep_jobs", "schedule": 5.0, "options": {"expires": 5}},
    "seal the audit": {"task": "core.seal_audit", "schedule": 60.0, "options": {"expires": 60}},
    "plan the night": {"task": "core.plan_night", "schedule": 300.0, "options": {"expires": 300}},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if ENVIRONMENT.BEHIND_PROXY:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else every visitor shares the proxy's rate limits
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "core.problems.problem_json",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{ENVIRONMENT.BRAND_NAME} API",
    "DESCRIPTION": "The public catalogue, the same listings and storefronts that the pages show; and lookups of freight and landed cost.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "CompanyKind": "storefronts.choices.CompanyKind",
        "SiteKind": "storefronts.choices.SiteKind",
        "ChannelKind": "storefronts.choices.ChannelKind",
        "PackageKind": "listings.choices.PackageKind",
    },
}
LOGGING = build_logging(level=ENVIRONMENT.LOG_LEVEL, json=PRODUCTION)
