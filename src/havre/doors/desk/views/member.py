"""The file of a member: all that the house knows but health, which is opened for a purpose."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from havre.commons.audit import actions as audit
from havre.commons.audit.words import Datum, OpeningPurpose
from havre.commons.staff.words import Permission
from havre.domains.people import actions as people
from havre.doors.desk import care, member_file, member_words, request_words
from havre.doors.desk.item_pages import page_of
from havre.doors.desk.member_file import MemberFile
from havre.doors.desk.page import Made, Page, Viewer, desk_page
from havre.doors.desk.queue_words import kind_title, title
from havre.doors.desk.queueing import Asked
from havre.doors.ui import formats
from havre.doors.ui.addresses import url
from havre.doors.ui.cursors import place_at, word
from havre.foundation.addresses import written
from havre.foundation.identifiers import format_nir, mask_nir
from havre.foundation.ids import new_id
from havre.foundation.phones import shown_phone

RUBRIC = "members"
FILE = Permission.MEMBERS_FIND
OPEN_FOR = timedelta(hours=1)
LONGEST_WHY = 300
_PARTS = ("requests", "messages", "mails", "documents", "notes", "care")


@dataclass(frozen=True)
class Line:
    """What is known, its value on a line or more, and where it came from."""

    label: str
    lines: tuple[str, ...]
    origin: str


@require_safe
@desk_page(FILE)
def member(request: HttpRequest, viewer: Viewer, membership: UUID) -> Made:
    """One page for everything; contracts as of a day that is chosen."""
    return _page(request, viewer, membership)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(FILE)
def member_nir(request: HttpRequest, viewer: Viewer, membership: UUID) -> Made:
    """The same with the social security number whole; the member reads who was shown it."""
    if request.method != "POST":
        return redirect("desk:member", membership=membership)
    return _page(request, viewer, membership, reveal=True)


@require_POST
@desk_page(FILE)
def member_note(request: HttpRequest, viewer: Viewer, membership: UUID) -> Made:
    """A word between those who work here."""
    household = member_file.household_of(viewer, membership)
    words = request.POST.get("words", "").strip()
    if words:
        with viewer.inside(household, purpose="note something of a member"):
            people.note(
                id=_id_of(request),
                household=household,
                membership=membership,
                words=words,
                by=viewer.id,
                name=viewer.staff.full_name,
                now=viewer.now,
            )
    return redirect(f"{url('desk:member', membership=membership)}#notes")


@require_POST
@desk_page(Permission.HEALTH_OPEN)
def member_open(request: HttpRequest, viewer: Viewer, membership: UUID) -> Made:
    """Open the health of the household for a purpose, which its members read."""
    household = member_file.household_of(viewer, membership)
    purpose = request.POST.get("purpose", "")
    words = request.POST.get("words", "").strip()[:LONGEST_WHY]
    if purpose not in set(OpeningPurpose) - {OpeningPurpose.REQUEST} or not words:
        return _page(request, viewer, membership, refused=_("Say why: a purpose and a few words."))
    with viewer.inside(household, purpose="open health"):
        audit.open_health(
            household=household,
            staff=viewer.id,
            name=viewer.staff.first_name,
            purpose=OpeningPurpose(purpose),
            case=None,
            now=viewer.now,
            until=viewer.now + OPEN_FOR,
            words=words,
        )
    return redirect(f"{url('desk:member', membership=membership)}#health")


@require_POST
@desk_page(Permission.HEALTH_OPEN)
def member_close(request: HttpRequest, viewer: Viewer, membership: UUID) -> Made:  # noqa: ARG001
    """End what one opened of this household, whatever for."""
    household = member_file.household_of(viewer, membership)
    with viewer.inside(household, purpose="close health"):
        audit.close_health(household=household, staff=viewer.id, now=viewer.now)
    return redirect(f"{url('desk:member', membership=membership)}#health")


def _page(
    request: HttpRequest,
    viewer: Viewer,
    membership: UUID,
    *,
    reveal: bool = False,
    refused: str = "",
) -> Page:
    at = {part: request.GET[part] for part in _PARTS if part in request.GET}
    day = _day(request.GET.get("on", ""), viewer)
    seen = member_file.read(viewer, membership, day=day, at=at)
    if reveal and seen.nirs:
        _record(viewer, seen)
    values = {
        "file": seen,
        "words": member_words,
        "said": request_words,
        "kind_title": kind_title,
        "state": member_words.state(
            seen.person.deceased_on, seen.person.membership_end, today=viewer.today
        ),
        "identity": _identity(seen, reveal=reveal),
        "reveal": bool(seen.nirs) and not reveal,
        "contact": _contact(seen),
        "corrections": _corrections(),
        "waiting": [(title(one), page_of(one, Asked()), one) for one in seen.waiting],
        "more": _more(request, seen),
        "care": _care(viewer, seen, at.get("care", "")),
        "purposes": request_words.purposes(),
        "refused": refused,
        "note_id": new_id(),
        "zone": settings.HAVRE.OPERATOR_TIME_ZONE,
    }
    return Page("desk/member.jinja", values, RUBRIC, status=422 if refused else 200)


def _care(viewer: Viewer, seen: MemberFile, at: str) -> dict[str, object] | None:
    """What is open of health; none while it is closed."""
    if seen.opening is None or not viewer.may(Permission.HEALTH_OPEN):
        return None
    with viewer.inside(seen.household, health=True, purpose="read care that was opened"):
        page = care.transfers(
            household=seen.household,
            people=seen.people,
            after=place_at(at, care.after, moment=date.fromisoformat),
        )
        claims = care.claims(household=seen.household, people=seen.people)
    names = {one.id: one.first_name for one in seen.people}
    older = page.older
    return {
        "transfers": page.transfers,
        "claims": claims.lines,
        "names": names,
        "older": word((older.day, older.id)) if older and isinstance(older.id, UUID) else "",
    }


def _record(viewer: Viewer, seen: MemberFile) -> None:
    with viewer.inside(seen.household, purpose="shown in the member's file"):
        audit.record_reading_at_desk(
            household=seen.household,
            staff=viewer.id,
            name=viewer.staff.first_name,
            people=list(seen.nirs),
            datum=Datum.NIR,
            purpose="shown in the member's file",
        )


def _identity(seen: MemberFile, *, reveal: bool) -> list[Line]:
    person = seen.person
    shown = format_nir if reveal else mask_nir
    number = next((shown(one) for one in seen.nirs.values()), None)
    born = formats.day(person.birth_date) if person.birth_date else None
    return [
        _line(seen, "family_name", _("Family name"), person.family_name),
        _line(seen, "first_name", _("First name"), person.first_name),
        _line(seen, "birth_date", _("Date of birth"), born),
        _line(seen, "nir", _("Social security number"), number),
        _line(seen, "adherent_number", _("Adherent number"), person.adherent_number),
    ]


def _contact(seen: MemberFile) -> list[Line]:
    person, address = seen.person, seen.details.address
    lived = formats.country(person.expatriation_country) if person.expatriation_country else None
    lines = (*written(address), formats.country(address.country)) if address else ()
    language = dict(settings.LANGUAGES).get(person.language, person.language)
    phone = shown_phone(person.phone) if person.phone else None
    return [
        _line(seen, "email", _("E-mail address"), person.email),
        _line(seen, "phone", _("Telephone"), phone),
        _line(seen, "address", _("Correspondence address"), *lines),
        _line(seen, "language", _("Language"), language),
        _line(seen, "expatriation_country", _("Country of expatriation"), lived),
    ]


def _corrections() -> list[tuple[str, str]]:
    """What of it is corrected at once, each on a page of its own."""
    return [
        ("phone", _("Telephone")),
        ("address", _("Correspondence address")),
        ("language", _("Language")),
        ("country", _("Country of expatriation")),
    ]


def _line(seen: MemberFile, field: str, label: str, *values: str | None) -> Line:
    lines = tuple(value for value in values if value)
    return Line(label, lines, member_words.origin(seen.details.origins.get(field)) if lines else "")


def _more(request: HttpRequest, seen: MemberFile) -> dict[str, str]:
    """Where the rest of each list is: the same page, this list further on."""
    rest = {
        "requests": seen.requests.rest,
        "messages": seen.conversations.rest,
        "mails": seen.mails.rest,
        "documents": seen.documents.rest,
        "notes": seen.notes.rest,
    }
    day = {"on": request.GET["on"]} if "on" in request.GET else {}
    return {
        part: f"?{urlencode({**day, part: word})}#{part}" if word else ""
        for part, word in rest.items()
    }


def _day(text: str, viewer: Viewer) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return viewer.today


def _id_of(request: HttpRequest) -> UUID:
    """The id of the form, so that a second click is the same note."""
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return new_id()
