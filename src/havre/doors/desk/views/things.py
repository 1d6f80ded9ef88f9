"""One thing that waits and is no request: looked at, and done with."""

from contextlib import AbstractContextManager, nullcontext
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from havre.commons.notifications.actions import LetterOver
from havre.commons.staff.words import Permission
from havre.commons.worklist import queries as worklist
from havre.commons.worklist.queries import ItemSeen
from havre.commons.worklist.words import Source
from havre.domains.people import queries as people
from havre.domains.people.queries import DetailsSeen
from havre.doors.desk import queue_words as words
from havre.doors.desk import things
from havre.doors.desk.letter_pdf import NoPostalAddress
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.desk.queueing import near
from havre.doors.desk.things import Given, NotOffered, TakenElsewhere, TooOld
from havre.doors.desk.views.queue import RUBRIC
from havre.foundation.refusals import Refusal

_IN_WORDS = (NotOffered, TakenElsewhere, TooOld, LetterOver, NoPostalAddress)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.REQUESTS_READ)
def thing(request: HttpRequest, viewer: Viewer, id: UUID) -> Made:  # noqa: A002  # of the address
    """What it is, how its member can be reached, and what can be done about it."""
    item, refused = _found(viewer, id), ""
    if request.method == "POST":
        try:
            with _inside(viewer, item):
                made = things.done(
                    viewer,
                    item,
                    choice=request.POST.get("do", ""),
                    given=Given(
                        proof=request.POST.get("proof", ""),
                        reason=request.POST.get("reason", "").strip(),
                    ),
                )
            return made or redirect("desk:queue")
        except (*things.GONE, *_IN_WORDS) as why:
            refused = _refused(why, item)
    with _inside(viewer, item):
        found, member = things.seen(viewer, item), _member(item)
    values = {
        "item": item,
        "title": words.title(item),
        "state": words.standing(item, now=viewer.now),
        "thing": found,
        "contacts": things.contacts(member),
        "member": member.person if member else None,
        "proofs": things.proofs(),
        "refused": refused,
    }
    return Page("desk/thing.jinja", values, rubric=RUBRIC, status=409 if refused else 200)


def _found(viewer: Viewer, row: UUID) -> ItemSeen:
    """It, for who may come near; what is done or out of scope is missing."""
    found = worklist.items(ids=[row])
    if not found or not worklist.is_within(found[0], near(viewer), by=viewer.id):
        raise Http404
    return found[0]


def _inside(viewer: Viewer, item: ItemSeen) -> AbstractContextManager[None]:
    if item.household is None:
        return nullcontext()
    return viewer.inside(item.household, purpose="look at what waits")


def _member(item: ItemSeen) -> DetailsSeen | None:
    """Whom it is about, else who holds the household."""
    if item.household is None:
        return None
    everyone = people.household_details(household=item.household)
    known = next((one for one in everyone if one.person.membership == item.membership), None)
    return known or next(iter(everyone), None)


def _refused(why: Refusal, item: ItemSeen) -> str:
    match why:
        case NotOffered() if item.source is Source.IMPORT:
            return _("Say in a few words why nothing more is to be done.")
        case NotOffered():
            return _("Say how identity was proved.")
        case TakenElsewhere():
            return _("Such a value is changed in the member’s file.")
        case NoPostalAddress():
            return _("No postal address can be printed. Call the member, and put it on file.")
        case LetterOver():
            return _("What it says is true no more. Reach the member by another way.")
        case TooOld():
            return _("It is too old to be sent. Reach the member by another way.")
    return _("Somebody decided it before you. Nothing was done.")
