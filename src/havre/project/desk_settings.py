"""What Django is told otherwise in the process of the desk."""

from typing import Any

from havre.project.settings import Settings


def desk_settings(house: Settings) -> dict[str, Any]:
    """Its own addresses, cookies, sessions and middleware; everything else is as at the portal."""
    address = house.desk_address
    https = address.startswith("https://")
    prefix = "__Host-" if https else ""
    return {
        "DOOR": "desk",
        "SITE_URL": address,
        "HTTPS": https,
        "ROOT_URLCONF": "havre.project.desk_urls",
        "MIDDLEWARE": [
            "havre.doors.ui.middleware.refuse_plain_http",
            "django.middleware.security.SecurityMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "csp.middleware.CSPMiddleware",
            "havre.doors.ui.middleware.harden",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "havre.doors.desk.middleware.RefuseWhereReadOnly",
        ],
        "SESSION_ENGINE": "havre.commons.staff.access",
        "SESSION_COOKIE_NAME": f"{prefix}havre-desk-session",
        "SESSION_COOKIE_SECURE": https,
        "CSRF_COOKIE_NAME": f"{prefix}havre-desk-csrf",
        "CSRF_COOKIE_SECURE": https,
        "CSRF_FAILURE_VIEW": "havre.doors.desk.errors.csrf_failure",
        "LANGUAGE_COOKIE_NAME": "havre-desk-language",
        "LANGUAGE_COOKIE_SECURE": https,
        "KNOWN_COOKIE_NAME": f"{prefix}havre-desk-known",
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600 if https else 0,
    }
