"""Who sees my care, and an account of one's own for each adult of the household."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from havre.domains.people.queries import PersonSeen
from havre.domains.people.words import FamilyLink
from havre.doors.portal import wording
from havre.doors.portal.household import Family
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.doors.ui import formats
from havre.doors.ui.addresses import url
from havre.journeys.confidentiality import own_account as journey
from havre.journeys.confidentiality import sharing as agreements
from havre.journeys.confidentiality.sharing import NotAnotherAdult, is_adult_member


@dataclass(frozen=True)
class Other:
    """Another adult as the page shows them: whether I share with them, and they with me."""

    person: PersonSeen
    link: str
    sees_mine: bool
    shows_theirs: bool


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def sharing(request: HttpRequest, viewer: Viewer) -> Made:
    """Each other adult, with one button; what is decided takes effect with the next page."""
    family = Family(viewer)
    if request.method == "POST":
        _decide(request, family)
        return redirect("portal:sharing")
    me = family.reader
    values = {
        "family": family,
        "others": _others(family, me) if me else [],
        "minor": me is not None and not family.is_adult(me),
        "holder": _asks_for_accounts(me, viewer),
    }
    return Page("portal/sharing.jinja", values, rubric="sharing")


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def own_account(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002
    """How an adult of the household opens an account: their number once the house has given it."""
    family = Family(viewer)
    me, adult = family.reader, family.get(id)
    if me is None or adult is None:
        raise Http404
    try:
        if request.method == "POST":
            journey.ask(household=viewer.account.household, holder=me, adult=adult, now=viewer.now)
            return redirect(f"{url('portal:own-account', id=id)}?asked")
        journey.check(holder=me, adult=adult, on=viewer.today)
    except journey.NotTheirs:
        raise Http404 from None
    values = {
        "adult": adult,
        "asked": "asked" in request.GET,
        "born": formats.day(adult.birth_date) if adult.birth_date else "",
        "site": settings.HAVRE.BASE_URL,
    }
    return Page("portal/own_account.jinja", values, rubric="sharing")


def _decide(request: HttpRequest, family: Family) -> None:
    """A form that nobody of ours wrote finds nobody."""
    try:
        between = agreements.between(
            household=family.viewer.account.household,
            person=family.viewer.account.person,
            reader=UUID(request.POST.get("reader", "")),
            people=family.people,
            on=family.viewer.today,
        )
    except (ValueError, NotAnotherAdult):
        raise Http404 from None
    act = agreements.agree if request.POST.get("choice") == "share" else agreements.withdraw
    act(between, now=family.viewer.now)


def _others(family: Family, me: PersonSeen) -> list[Other]:
    today = family.viewer.today
    return [
        Other(
            person=one,
            link=wording.family_link(one.link),
            sees_mine=one.id in me.shares_with,
            shows_theirs=me.id in one.shares_with,
        )
        for one in family.people
        if one.id != me.id and is_adult_member(one, on=today)
    ]


def _asks_for_accounts(me: PersonSeen | None, viewer: Viewer) -> bool:
    return me is not None and me.link is FamilyLink.HOLDER and not me.has_left(on=viewer.today)
