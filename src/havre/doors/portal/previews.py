"""What is being written at the desk, on the very pages that members will read. Nobody is signed in here."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import set_urlconf
from django.utils import translation

from havre.commons.content import queries as content
from havre.commons.content.queries import Published, Text
from havre.commons.content.words import Slug
from havre.doors.portal import closures, emergency, page
from havre.doors.portal.closing import closed_page
from havre.doors.portal.page import Page, answer
from havre.doors.portal.views.contact import contact_page
from havre.doors.portal.views.downloads import downloads_page
from havre.doors.portal.views.emergency import emergency_page
from havre.doors.portal.views.faq import faq_page
from havre.doors.portal.views.security_information import alerts_page
from havre.doors.ui.publishing import Shown
from havre.foundation.addresses import countries


def preview(request: HttpRequest, shown: Shown) -> HttpResponseBase:
    """The page of a document, at an address that is not its own: its links are those of the portal.

    ``?country=`` chooses the one of a page that has several.
    """
    set_urlconf("havre.project.urls")
    try:
        with translation.override(shown.language):
            return answer(request, _page(request, shown), viewer=None)
    finally:
        set_urlconf(None)


def _page(request: HttpRequest, shown: Shown) -> Page:
    return _legal(shown) if shown.kind in set(Slug) else _PAGES[shown.kind](request, shown)


def _published(shown: Shown) -> Published[Any]:
    return Published(0, page.today(), shown.document, dict(shown.files))


def _faq(_request: HttpRequest, shown: Shown) -> Page:
    every = {one.id for topic in shown.document.topics for one in topic.questions}
    return faq_page(_published(shown), typed="", opened=every, thanked="")


def _downloads(_request: HttpRequest, shown: Shown) -> Page:
    return downloads_page(_published(shown), {"every": "on"}, [], shown.language)


def _contact(_request: HttpRequest, shown: Shown) -> Page:
    return contact_page(shown.document.contacts, moment=page.now(), zone="", mine=False)


def _alerts(request: HttpRequest, shown: Shown) -> Page:
    return alerts_page(shown.document.watches, _country(request), shown.language)


def _emergency(request: HttpRequest, shown: Shown) -> Page:
    named = (code for zone in shown.document.zones for code in zone.countries)
    contacts = emergency.contacts(page.today())
    managers = emergency.managers(contacts, shown.language, None)
    return emergency_page(
        _published(shown),
        _country(request) or next(named, None),
        shown.language,
        typed="",
        around={"near": [], "reader": None, "managers": managers},
    )


def _maintenance(_request: HttpRequest, shown: Shown) -> Page:
    zone = settings.HAVRE.OPERATOR_TIME_ZONE
    first = next(closures.closures_of(shown.document.closed, zone), None)
    return (
        closed_page(first, rubric="home", saved=True) if first else Page("portal/not_found.jinja")
    )


def _legal(shown: Shown) -> Page:
    one, language = shown.document, shown.language
    text = Text(
        slug=Slug(shown.kind),
        language=language,
        version=one.version,
        in_force_from=page.today(),
        title=one.title.said_in(language),
        html=content.html(one.text.said_in(language)),
        sha256="",
    )
    return Page("portal/text.jinja", {"text": text, "is_terms": shown.kind == Slug.TERMS})


def _country(request: HttpRequest) -> str | None:
    asked = request.GET.get("country", "")
    return asked if asked in countries() else None


_PAGES: dict[str, Callable[[HttpRequest, Shown], Page]] = {
    content.FAQ.name: _faq,
    content.DOWNLOADS.name: _downloads,
    content.CONTACTS.name: _contact,
    content.SECURITY.name: _alerts,
    content.EMERGENCY.name: _emergency,
    closures.KIND.name: _maintenance,
}
PREVIEWED = frozenset({*_PAGES, *(slug.value for slug in Slug)})
