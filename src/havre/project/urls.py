"""The doors and their addresses: ``/fr/…`` and ``/en/…``, one set of slugs."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from havre.doors.portal.urls import urlpatterns as portal_urls
from havre.doors.portal.views import gate, offline

urlpatterns = [
    path("", gate.front, name="front"),
    path("service-worker.js", offline.worker, name="service-worker"),
    *i18n_patterns(path("", include("havre.doors.portal.urls"))),
]


def page_names() -> frozenset[str]:
    """The pages to which a text may lead, as they are written after ``/fr/``: those without an id."""
    return frozenset(str(one.pattern) for one in portal_urls if not one.pattern.converters)


handler400 = "havre.doors.portal.errors.bad_request"
handler403 = "havre.doors.portal.errors.refused"
handler404 = "havre.doors.portal.errors.not_found"
handler500 = "havre.doors.portal.errors.failed"
