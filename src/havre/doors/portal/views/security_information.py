"""Security information: the way to those who tell of dangers, country by country (W37)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.views.decorators.http import require_safe

from havre.commons.content import queries as content
from havre.commons.content.words.security import Watch
from havre.domains.people import queries as people
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.doors.ui import formats
from havre.foundation.names import sort_key


@dataclass(frozen=True)
class Way:
    """The way out to one of them. ``of_country``: it leads to the page of the country itself."""

    id: str
    name: str
    about: str
    url: str
    of_country: bool


@require_safe
@member_page
def alerts(request: HttpRequest, viewer: Viewer) -> Made:
    """The country of expatriation first; another in one tap. Nothing about the reader goes with them."""
    published = content.in_force(content.SECURITY, today=viewer.today)
    watches = published.document.watches if published else ()
    asked = request.GET.get("country", "")
    country = asked if asked in _countries(watches) else _own_country(viewer)
    return alerts_page(watches, country, viewer.language)


def alerts_page(watches: Sequence[Watch], country: str | None, language: str) -> Page:
    """The page of a country, or of all where none is known."""
    known = _countries(watches)
    ways = [
        Way(
            id=watch.id,
            name=watch.name.said_in(language),
            about=watch.about.said_in(language),
            url=(watch.page_of(country) or watch.address).said_in(language),
            of_country=watch.page_of(country) is not None,
        )
        for watch in watches
    ]
    others = sorted(known - {country}, key=lambda code: sort_key(formats.country(code)))
    values = {"country": country, "ways": ways, "others": others}
    return Page("portal/security_information.jinja", values, rubric="security-information")


def _countries(watches: Sequence[Watch]) -> set[str]:
    return {one.country for watch in watches for one in watch.countries}


def _own_country(viewer: Viewer) -> str | None:
    reader = people.person_of(
        household=viewer.account.household, membership=viewer.account.membership
    )
    return reader.expatriation_country if reader else None
