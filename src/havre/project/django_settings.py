"""Django's settings, from ours. Imports with an empty environment; a start calls ``require`` first."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from havre.foundation.db.roles import SERVING, Role
from havre.project import logs
from havre.project.desk_settings import desk_settings
from havre.project.settings import load

HAVRE = load()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = HAVRE.SECRET_KEY or "not set: the start refuses to go on"
DEBUG = False
ALLOWED_HOSTS = [urlsplit(HAVRE.BASE_URL).hostname or "localhost"]
if ALLOWED_HOSTS[0] in {"localhost", "127.0.0.1"}:
    ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
LOCAL = "localhost" in ALLOWED_HOSTS
DOOR = os.environ.get("HAVRE_DOOR", "portal")
SITE_URL = HAVRE.BASE_URL
HTTPS = HAVRE.BASE_URL.startswith("https://")

INSTALLED_APPS = [
    # Django's own user and permission tables stay empty: it wants them for its sign-in machinery.
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "havre.commons.audit",
    "havre.commons.worklist",
    "havre.commons.notifications",
    "havre.commons.accounts",
    "havre.commons.staff",
    "havre.commons.content",
    "havre.commons.documents",
    "havre.commons.messaging",
    "havre.commons.cases",
    "havre.commons.privacy",
    "havre.domains.products",
    "havre.domains.pricing",
    "havre.domains.people",
    "havre.domains.payments",
    "havre.domains.contracts",
    "havre.domains.certificates",
    "havre.domains.health",
    "havre.doors.ui",
    "havre.doors.portal",
    "havre.doors.desk",
    "havre.project",
]

MIDDLEWARE = [
    "havre.doors.ui.middleware.refuse_plain_http",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "havre.doors.ui.middleware.harden",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "havre.doors.portal.middleware.RespectClosures",
]

ROOT_URLCONF = "havre.project.urls"
WSGI_APPLICATION = "havre.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "havre.doors.ui.jinja.environment"},
    }
]
TEMPLATES[0]["DIRS"] = [PACKAGE / f"doors/{door}/templates" for door in ("ui", "portal", "desk")]
FORM_RENDERER = "django.forms.renderers.Jinja2"


def database_of(url: str) -> dict[str, Any]:
    """Django's description of the database at this address."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    host = unquote(query.pop("host", "") or parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "havre",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(query.pop("port", "") or parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {
            **{name: unquote(value) for name, value in query.items()},
            "connect_timeout": 5,
            "pool": {"min_size": 1, "max_size": HAVRE.DATABASE_POOL, "timeout": 10},
        },
    }


# The command chooses the database user: web unless it says otherwise.
DATABASE_USER = Role(os.environ.get("HAVRE_DATABASE_USER", Role.WEB))
DATABASES = {"default": database_of(HAVRE.database_url(DATABASE_USER))}
if HAVRE.READ_ONLY and DATABASE_USER in SERVING:
    # What would be written by mistake is refused by the database.
    DATABASES["default"]["OPTIONS"]["options"] = "-c default_transaction_read_only=on"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["havre.commons.accounts.access.SessionAccounts"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

SESSION_ENGINE = "havre.commons.accounts.access"
SESSION_COOKIE_NAME = "__Host-havre-session" if HTTPS else "havre-session"
SESSION_COOKIE_AGE = HAVRE.SESSION_MINUTES * 60
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-havre-csrf" if HTTPS else "havre-csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "havre.doors.portal.errors.csrf_failure"
KNOWN_COOKIE_NAME = "havre-desk-known"  # of the desk: who signed in from this browser
LANGUAGE_COOKIE_NAME = "havre-language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

if HAVRE.TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000  # fifty lines of a request and their parts
# No file of a form lies on a disk in clear. Pages that take papers say so: doors.ui.uploading.takes_files.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
if HAVRE.MAIL_FOLDER:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(HAVRE.MAIL_FOLDER)
elif HAVRE.SMTP_URL:
    _smtp = urlsplit(HAVRE.SMTP_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _smtp.hostname or ""
    EMAIL_PORT = _smtp.port or {"smtps": 465, "smtp": 587}.get(_smtp.scheme, 25)
    EMAIL_HOST_USER = unquote(_smtp.username or "")
    EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
    EMAIL_USE_SSL = _smtp.scheme == "smtps"
    EMAIL_USE_TLS = _smtp.scheme == "smtp"
    EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = HAVRE.MAIL_FROM or HAVRE.OPERATOR_EMAIL or "havre@localhost"

# Journeys are no Django apps, so their jobs are named here.
PROCRASTINATE_IMPORT_PATHS = [
    "havre.journeys.account_opening.tasks",
    "havre.journeys.account_life.tasks",
    "havre.journeys.account_security.tasks",
    "havre.journeys.confidentiality.tasks",
    "havre.journeys.requests.tasks",
]
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # the login name is unique by its own constraint
]
if DOOR == "desk":
    globals().update(desk_settings(HAVRE))
    ALLOWED_HOSTS += [urlsplit(SITE_URL).hostname or "localhost"]
LOGGING = logs.CONFIGURATION
logs.configure()
