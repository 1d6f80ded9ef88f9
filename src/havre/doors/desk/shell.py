"""What stands around a page of the desk: the house, the band, who works."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from havre.commons.staff.queries import StaffSeen
from havre.commons.staff.words import Permission
from havre.doors.desk import rubrics
from havre.doors.ui.addresses import url
from havre.doors.ui.shell import AccountBadge, LanguageLink, Operator, Shell


@dataclass(frozen=True, kw_only=True)
class DeskShell(Shell):
    """The frame of a page of the desk. ``search_url`` is where the search box leads, "" for none."""

    profile_url: str = ""
    search_url: str = ""


def shell_for(request: HttpRequest, *, staff: StaffSeen | None, rubric: str) -> DeskShell:
    """The frame of one page; the band only for someone whose second factor is in place."""
    language = translation.get_language() or "fr"
    at_work = staff is not None and staff.has_factor
    finds = at_work and staff and staff.may(Permission.MEMBERS_FIND)
    return DeskShell(
        operator=_operator(language),
        home_url=url("desk:home"),
        nav=rubrics.band(rubric, staff) if staff and at_work else (),
        languages=() if staff else _languages(request, language),
        account=_badge(staff) if staff else None,
        demo_notice=_("Demonstration: every person here is fictional.")
        if settings.HAVRE.DEMO
        else None,
        notice=_("For now everything can be read and nothing changed.")
        if settings.HAVRE.READ_ONLY
        else None,
        profile_url=url("desk:profile"),
        search_url=url(f"desk:{rubrics.SEARCH}") if finds else "",
    )


@lru_cache(maxsize=4)
def _operator(_language: str) -> Operator:
    house = settings.HAVRE
    return Operator(name=house.OPERATOR_NAME, legal_name=house.OPERATOR_LEGAL_NAME)


def _languages(request: HttpRequest, here: str) -> tuple[LanguageLink, ...]:
    """Before sign-in: the same page, and the language is kept by the browser."""
    return tuple(
        LanguageLink(
            code, label, f"{url('desk:language')}?{urlencode({'to': code, 'next': request.path})}"
        )
        for code, label in settings.LANGUAGES
        if code != here
    )


def _badge(staff: StaffSeen) -> AccountBadge:
    return AccountBadge(
        staff.full_name,
        f"{staff.first_name[:1]}{staff.last_name[:1]}".upper(),
        url("desk:sign-out"),
    )
