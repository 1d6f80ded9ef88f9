"""Emergency: the numbers to call in a country, for anybody, signed in or not (W36)."""

from collections.abc import Callable, Mapping
from functools import wraps

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe

from havre.commons.content import queries as content
from havre.commons.content.queries import Published
from havre.commons.content.words.emergency import Emergency
from havre.domains.people import queries as people
from havre.domains.people.queries import PersonSeen
from havre.doors.portal import emergency as numbers
from havre.doors.portal import page
from havre.doors.portal.holdings import held_by
from havre.doors.portal.page import Made, Page, Viewer, open_page
from havre.doors.ui.contact_forms import country_choices
from havre.foundation.addresses import countries as all_countries

COUNTRY_COOKIE = "havre-country"
_A_YEAR = 365 * 24 * 3600


def _remembers_country(
    view: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """The country that was asked for is the one this device shows next time.

    The script of the copy that is read without network reads it too.
    """

    @wraps(view)
    def door(request: HttpRequest) -> HttpResponseBase:
        response = view(request)
        asked = request.GET.get("country", "")
        if asked in all_countries() and request.COOKIES.get(COUNTRY_COOKIE) != asked:
            response.set_cookie(
                COUNTRY_COOKIE,
                asked,
                max_age=_A_YEAR,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    return door


@require_safe
@_remembers_country
@open_page
def emergency(request: HttpRequest, viewer: Viewer | None) -> Made:
    """The numbers of the country that was asked for, of one's expatriation, or of the last time."""
    today = viewer.today if viewer else page.today()
    language = translation.get_language() or "fr"
    reader = _reader(viewer)
    near = _near(request, reader)
    holdings = [held.holding for held in held_by(viewer)] if viewer else None
    country = _country(request, near)
    values = {
        "near": [code for code in near if code != country],
        "reader": reader,
        "managers": numbers.managers(numbers.contacts(today), language, holdings),
    }
    typed = request.GET.get("q", "").strip()
    return emergency_page(numbers.published(today), country, language, typed=typed, around=values)


def emergency_page(
    published: Published[Emergency] | None,
    country: str | None,
    language: str,
    *,
    typed: str,
    around: Mapping[str, object],
) -> Page:
    """The page of a country, or the choice of one; ``around`` is what it says of the reader."""
    say = [one.said_in(language) for one in published.document.say] if published else []
    found = (
        _numbers(published, country, language) if country else _choice(typed, published, language)
    )
    values = {**around, "country": country, "say": say, **found}
    return Page("portal/emergency.jinja", values, rubric="emergency")


def _numbers(
    published: Published[Emergency] | None, country: str, language: str
) -> dict[str, object]:
    zones = content.emergency_zones(published) if published else ()
    zone = next((one for one in zones if country in one.countries), None)
    public = content.public_numbers(published, country=country) if published else None
    return {
        "calls": numbers.shown(zone.calls, language) if zone else [],
        "public": numbers.public_shown(public),
        "phrase": zone.phrase_of(country) if zone else None,
    }


def _choice(typed: str, published: Published[Emergency] | None, language: str) -> dict[str, object]:
    """Every country or those that were typed, and the numbers that serve wherever one is."""
    named = country_choices()
    found = set(content.find_countries(named, typed=typed))
    calls = content.emergency_everywhere(published) if published else ()
    return {
        "typed": typed,
        "countries": [one for one in named if one[0] in found],
        "calls": numbers.shown(calls, language),
        "public": [],
        "phrase": None,
    }


def _reader(viewer: Viewer | None) -> PersonSeen | None:
    if viewer is None:
        return None
    account = viewer.account
    return people.person_of(household=account.household, membership=account.membership)


def _near(request: HttpRequest, reader: PersonSeen | None) -> list[str]:
    """The countries one is likely in: that of expatriation, then the last one asked for here."""
    likely = (reader.expatriation_country if reader else None, request.COOKIES.get(COUNTRY_COOKIE))
    return [code for code in dict.fromkeys(likely) if code in all_countries()]


def _country(request: HttpRequest, near: list[str]) -> str | None:
    """None where one has to choose: another was asked for, or none is known."""
    asked = request.GET.get("country", "")
    if asked in all_countries():
        return asked
    return near[0] if near and not request.GET.keys() & {"country", "q"} else None
