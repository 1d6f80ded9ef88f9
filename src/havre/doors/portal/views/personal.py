"""Personal information: all that is kept of who one is, and where each value came from."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from havre.commons.audit import actions as audit
from havre.commons.audit.words import Datum
from havre.domains.people import queries as people
from havre.domains.people.access import may_change_contact, may_reveal_nir
from havre.domains.people.queries import DetailsSeen, PersonSeen
from havre.domains.people.words import Contact
from havre.doors.portal import wording
from havre.doors.portal.origins import origin_words
from havre.doors.portal.page import Made, Page, Viewer, member_page
from havre.doors.ui import formats
from havre.doors.ui.addresses import url
from havre.foundation.addresses import PostalAddress, written
from havre.foundation.identifiers import format_nir, mask_nir
from havre.foundation.phones import shown_phone

RUBRIC = "personal-information"
_AT_HOME = "FR"


@dataclass(frozen=True)
class Item:
    """A row: what it is, its value on one line or more, its origin, and where it is changed."""

    label: str
    lines: tuple[str, ...]
    origin: str
    change: str = ""


@dataclass(frozen=True)
class Card:
    """What is shown of one person."""

    id: UUID
    name: str
    link: str
    identity: tuple[Item, ...]
    contact: tuple[Item, ...]


@require_safe
@member_page
def personal(request: HttpRequest, viewer: Viewer) -> Made:
    """One's own, whole; of the others of the household who they are, and a minor's contact (W21)."""
    return _page(viewer, saved=request.GET.get("saved", ""), reveal=False)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def reveal_own_nirs(request: HttpRequest, viewer: Viewer) -> Made:
    """The same with the numbers that this reader may see whole; that they were shown is recorded."""
    if request.method != "POST":
        return redirect(f"portal:{RUBRIC}")
    return _page(viewer, saved="", reveal=True)


@require_safe
@member_page
def correction(request: HttpRequest, viewer: Viewer) -> Made:  # noqa: ARG001  # every view takes it
    """What needs a proof: the requests that change it, and how to ask by post or by phone."""
    return Page("portal/correction.jinja", {}, RUBRIC)


def own(details: list[DetailsSeen], viewer: Viewer) -> DetailsSeen | None:
    """The reader among the household."""
    return next((one for one in details if one.person.id == viewer.account.person), None)


def those_shown(details: list[DetailsSeen], viewer: Viewer) -> list[DetailsSeen]:
    """Who has left sees themselves alone, and is not shown."""
    known = (one.person for one in details)
    left = people.people_shown(known, reader=viewer.account.person, on=viewer.today)
    return [one for one in details if one.person in left]


def may_change(viewer: Viewer, reader: PersonSeen, person: PersonSeen) -> bool:
    adult = person.is_adult(on=viewer.today, majority=settings.HAVRE.MAJORITY_AGE)
    return may_change_contact(link=reader.link, own=person.id == reader.id, adult=adult)


def _page(viewer: Viewer, *, saved: str, reveal: bool) -> Page:
    account = viewer.account
    details = those_shown(people.household_details(household=account.household), viewer)
    reader = own(details, viewer)
    nirs = people.nirs_of(household=account.household, people=[one.person.id for one in details])
    may = {one.person.id for one in details if reader and _may_reveal(viewer, reader.person, one)}
    if reveal and may:
        audit.record_reading(
            household=account.household,
            account=account.id,
            people=sorted(may),
            datum=Datum.NIR,
            purpose="shown with the personal information",
        )
    shown = {
        person: format_nir(nir) if reveal and person in may else mask_nir(nir)
        for person, nir in nirs.items()
    }
    cards = [_card(viewer, reader, one, shown.get(one.person.id)) for one in details]
    values = {
        "mine": [card for card in cards if card.id == account.person],
        "others": [card for card in cards if card.id != account.person],
        "can_reveal": bool(may) and not reveal,
        "revealed": reveal,
        "saved": _saved(saved),
        "moved": _moved(viewer, reader, details) if saved == Contact.ADDRESS else None,
    }
    return Page("portal/personal.jinja", values, RUBRIC)


def _moved(
    viewer: Viewer, reader: DetailsSeen | None, details: list[DetailsSeen]
) -> tuple[str, str] | None:
    """Letters go to a country abroad that is not the one on file as lived in: which, and where to tell."""
    for one in details:
        country = one.address.country if one.address else _AT_HOME
        if country in (_AT_HOME, one.person.expatriation_country):
            continue
        if reader and may_change(viewer, reader.person, one.person):
            return formats.country(country), url("portal:change-country", id=one.person.id)
    return None


def _may_reveal(viewer: Viewer, reader: PersonSeen, one: DetailsSeen) -> bool:
    person = one.person
    adult = person.is_adult(on=viewer.today, majority=settings.HAVRE.MAJORITY_AGE)
    return person.has_nir and may_reveal_nir(
        link=reader.link, own=person.id == reader.id, adult=adult
    )


def _card(viewer: Viewer, reader: DetailsSeen | None, one: DetailsSeen, nir: str | None) -> Card:
    person, mine = one.person, reader is not None and one is reader
    changes = reader is not None and may_change(viewer, reader.person, person)
    return Card(
        id=person.id,
        name=person.full_name,
        link=wording.family_link(person.link),
        identity=_identity(one, nir, mine=mine),
        contact=_contact(one, mine=mine) if changes else (),
    )


def _identity(one: DetailsSeen, nir: str | None, *, mine: bool) -> tuple[Item, ...]:
    person = one.person
    born = formats.day(person.birth_date) if person.birth_date else None
    rows = [
        _row(one, "family_name", _("Family name"), person.family_name),
        _row(one, "first_name", _("First name"), person.first_name),
        _row(one, "birth_date", _("Date of birth"), born),
        _row(one, "nir", _("Social security number"), nir),
    ]
    if mine:
        number = person.adherent_number
        rows.append(_row(one, "adherent_number", _("Adherent number"), number))
    return tuple(rows)


def _contact(one: DetailsSeen, *, mine: bool) -> tuple[Item, ...]:
    person, id = one.person, one.person.id  # noqa: A001
    phone = shown_phone(person.phone) if person.phone else None
    lived = formats.country(person.expatriation_country) if person.expatriation_country else None
    language = dict(settings.LANGUAGES).get(person.language, person.language)
    address = address_lines(one.address) if one.address else ()
    rows = [
        _row(one, Contact.ADDRESS, _("Correspondence address"), *address, change=("address", id)),
        _row(one, Contact.PHONE, _("Telephone"), phone, change=("phone", id)),
        _row(one, Contact.LANGUAGE, _("Language"), language, change=("language", id)),
        _row(
            one,
            Contact.EXPATRIATION_COUNTRY,
            _("Country of expatriation"),
            lived,
            change=("country", id),
        ),
    ]
    if mine:
        row = _row(one, Contact.EMAIL, _("E-mail address"), person.email, change=("email", None))
        rows.insert(1, row)
    return tuple(rows)


def address_lines(address: PostalAddress) -> tuple[str, ...]:
    """An address as it is written there, its country in the language of the page."""
    return (*written(address), formats.country(address.country))


def _row(
    one: DetailsSeen,
    field: str,
    label: str,
    *lines: str | None,
    change: tuple[str, UUID | None] | None = None,
) -> Item:
    said = tuple(line for line in lines if line)
    address = ""
    if change:
        name, id = change  # noqa: A001
        address = url(f"portal:change-{name}", id=id) if id else url(f"portal:change-{name}")
    return Item(label, said, origin_words(one.origins.get(field)) if said else "", address)


def _saved(what: str) -> str:
    return {
        "address": _("Your correspondence address is kept"),
        "phone": _("Your telephone number is kept"),
        "language": _("Your language is kept"),
        "country": _("Your country of expatriation is kept"),
        "email": _("Your e-mail address is kept"),
    }.get(what, "")
